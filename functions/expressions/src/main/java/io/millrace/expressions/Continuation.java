package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;

/** What is to be done with a value once there is one, and what after that. */
abstract class Continuation {
    private final Continuation next;
    private final int depth;

    /** @param next null for the last one */
    Continuation(Continuation next) {
        this.next = next;
        depth = next == null ? 0 : next.depth + 1;
    }

    Continuation next() {
        return next;
    }

    int depth() {
        return depth;
    }

    /** Called with the value in the machine, and what is next as its continuation. */
    abstract void resume(Machine machine);

    /** One that goes back to the input that the machine has now. */
    abstract static class WithInput extends Continuation {
        private final Env env;
        private final JsonNode input;
        private final Place place;

        WithInput(Machine machine) {
            super(machine.continuation());
            env = machine.env();
            input = machine.value();
            place = machine.place();
        }

        void restore(Machine machine) {
            machine.enter(env, input, place);
        }

        JsonNode input() {
            return input;
        }

        Place place() {
            return place;
        }

        Env env() {
            return env;
        }
    }
}
