package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;

/** Parts of a program without parts. */
final class Leaves {
    private Leaves() {}

    /** {@code .} */
    static final class Identity extends Node {
        Identity(int position) {
            super(position, 1);
        }

        @Override
        void step(Machine machine) {
            // The value is as it is.
        }

        @Override
        JsonNode value(JsonNode input, Env env, Meter meter) {
            return input;
        }
    }

    static final class Literal extends Node {
        private final JsonNode literal;

        Literal(int position, JsonNode literal) {
            super(position, 1);
            this.literal = literal;
        }

        JsonNode literal() {
            return literal;
        }

        @Override
        void step(Machine machine) {
            machine.result(literal);
        }

        @Override
        JsonNode value(JsonNode input, Env env, Meter meter) {
            return literal;
        }
    }

    static final class Variable extends Node {
        private final int hops;

        Variable(int position, int hops) {
            super(position, 1);
            this.hops = hops;
        }

        @Override
        void step(Machine machine) {
            machine.result((JsonNode) machine.env().at(hops).item());
        }

        @Override
        JsonNode value(JsonNode input, Env env, Meter meter) {
            return (JsonNode) env.at(hops).item();
        }
    }

    /** {@code empty} */
    static final class Empty extends Node {
        Empty(int position) {
            super(position);
        }

        @Override
        void step(Machine machine) {
            machine.fail();
        }
    }
}
