package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;

/** How to go on when the values of what was tried last are used up: jq's backtracking. */
abstract class Choice {
    private final Choice next;
    private final int depth;
    private final Env env;
    private final JsonNode input;
    private final Place place;
    private final Continuation continuation;
    private final Handler handler;

    /** One that comes back to where the machine is now. */
    Choice(Machine machine) {
        next = machine.choices();
        depth = next == null ? 1 : next.depth + 1;
        env = machine.env();
        input = machine.value();
        place = machine.place();
        continuation = machine.continuation();
        handler = machine.handler();
    }

    Choice next() {
        return next;
    }

    int depth() {
        return depth;
    }

    JsonNode input() {
        return input;
    }

    Place place() {
        return place;
    }

    void restore(Machine machine) {
        machine.enter(env, input, place);
        machine.goTo(continuation, handler);
    }

    /** Called when it has been restored, and taken off. */
    abstract void retry(Machine machine);

    /** Another program for the same input. */
    static final class Other extends Choice {
        private final Node node;

        Other(Machine machine, Node node) {
            super(machine);
            this.node = node;
        }

        @Override
        void retry(Machine machine) {
            machine.evaluate(node);
        }
    }
}
