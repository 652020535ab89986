package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Evaluates a program step by step. What is left to do lies in lists on the heap that are counted, never on the thread's
 * stack, so that no program overflows it; and as these lists are never altered, to go back to an earlier state is to take
 * up its lists again.
 */
final class Machine {
    private final Meter meter;
    private final Access access;
    private Node node;
    private Env env;
    private JsonNode value;
    private Place place;
    private Continuation continuation = new Output();
    private Choice choices;
    private Handler handler;
    private boolean hasOutput;
    private boolean failed;
    private int position;

    Machine(Node program, Env env, JsonNode input, Meter meter) {
        this.meter = meter;
        access = new Access(meter);
        node = program;
        this.env = env;
        value = input;
    }

    /**
     * The next value; null when there are no more.
     *
     * @throws Raised when the program does, and does not catch it
     * @throws Exceeded when the budget is used up
     */
    JsonNode next() {
        // To ask for another value is to say that this one won't do.
        failed = hasOutput;
        hasOutput = false;
        while (true) {
            try {
                return run();
            } catch (Raised error) {
                if (handler == null) {
                    throw error.at(position);
                }
                node = null;
                failed = false;
                handler.handle(this, error.value());
            }
        }
    }

    private JsonNode run() {
        while (true) {
            meter.step();
            if (failed) {
                if (choices == null) {
                    return null;
                }
                backtrack();
            } else if (node != null) {
                step();
            } else if (continuation instanceof Output) {
                hasOutput = true;
                return value;
            } else {
                Continuation then = continuation;
                continuation = then.next();
                then.resume(this);
            }
        }
    }

    private void backtrack() {
        failed = false;
        node = null;
        Choice choice = choices;
        choices = choice.next();
        choice.restore(this);
        choice.retry(this);
    }

    private void step() {
        Node now = node;
        node = null;
        at(now);
        if (now.isSimple() && place == null) {
            value = now.value(value, env, meter);
        } else {
            now.step(this);
        }
    }

    /** There is no value here. */
    void fail() {
        failed = true;
    }

    /** Evaluates a part with the input that is the value now. */
    void evaluate(Node part) {
        node = part;
    }

    void evaluate(Node part, Env in) {
        node = part;
        env = in;
    }

    void then(Continuation next) {
        meter.depth(next.depth());
        continuation = next;
    }

    void orElse(Choice choice) {
        meter.depth(choice.depth());
        choices = choice;
    }

    /** Gives up what was to be tried since then. */
    void cutTo(Choice earlier) {
        choices = earlier;
    }

    void enter(Env in, JsonNode input, Place at) {
        env = in;
        value = input;
        place = at;
    }

    void goTo(Continuation next, Handler with) {
        continuation = next;
        handler = with;
    }

    void handleBy(Handler with) {
        handler = with;
    }

    /** A value that is at no place. */
    void result(JsonNode result) {
        value = result;
    }

    /** A value that is in the present one. */
    void child(JsonNode key, JsonNode child) {
        if (place != null) {
            place = place.child(value, key, child);
        }
        value = child;
    }

    /** Whether it is a path that is asked for, and from where. */
    void track(Place from) {
        place = from;
    }

    void bind(Object item) {
        env = Env.with(item, env, meter);
    }

    /** For the message of an error. */
    void at(Node now) {
        if (now.position() > 0) {
            position = now.position();
        }
    }

    JsonNode value() {
        return value;
    }

    Place place() {
        return place;
    }

    Env env() {
        return env;
    }

    Continuation continuation() {
        return continuation;
    }

    Choice choices() {
        return choices;
    }

    Handler handler() {
        return handler;
    }

    Meter meter() {
        return meter;
    }

    Access access() {
        return access;
    }

    private static final class Output extends Continuation {
        Output() {
            super(null);
        }

        @Override
        void resume(Machine machine) {
            throw new IllegalStateException("the end of the program");
        }
    }
}
