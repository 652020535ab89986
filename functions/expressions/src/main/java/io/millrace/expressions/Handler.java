package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;

/** Where an error is caught, and what is done about it. */
final class Handler {
    private final Action action;
    private final Env env;
    private final JsonNode input;
    private final Place place;
    private final Continuation continuation;
    private final Choice choices;
    private final Handler outer;

    Handler(Machine machine, Action action) {
        this.action = action;
        env = machine.env();
        input = machine.value();
        place = machine.place();
        continuation = machine.continuation();
        choices = machine.choices();
        outer = machine.handler();
    }

    Handler outer() {
        return outer;
    }

    void handle(Machine machine, JsonNode error) {
        machine.enter(env, input, place);
        machine.goTo(continuation, outer);
        machine.cutTo(choices);
        action.handle(machine, error);
    }

    /** What the machine does when it is back where the handler was set. */
    interface Action {
        void handle(Machine machine, JsonNode error);
    }
}
