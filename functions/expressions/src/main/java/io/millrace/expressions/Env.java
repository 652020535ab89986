package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What names mean at a place of a program: variables, functions and arguments, each found by how far away it is, which
 * the parser has counted.
 *
 * @param item a {@link JsonNode}, a {@link Definition}, a {@link Closure} or a {@link Choice} to go back to
 * @param depth of what it holds on to
 */
record Env(Object item, Env next, int depth) {
    static final Env EMPTY = new Env(null, null, 0);

    static Env with(Object item, Env next, Meter meter) {
        int held = item instanceof Closure closure ? Math.max(closure.env().depth, next.depth) : next.depth;
        meter.depth(held + 1);
        return new Env(item, next, held + 1);
    }

    Env at(int hops) {
        Env env = this;
        for (int i = 0; i < hops; i++) {
            env = env.next;
        }
        return env;
    }

    /** An argument, not evaluated yet, with what its names mean. */
    record Closure(Node node, Env env) {}
}
