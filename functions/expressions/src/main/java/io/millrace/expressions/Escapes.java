package io.millrace.expressions;

/** Parts that end others early: {@code try label break}. */
final class Escapes {
    private Escapes() {}

    /** {@code try body catch handler}; what comes after the body is not within it. */
    static final class Try extends Node {
        private final Node body;
        private final Handler.Action action;

        private Try(int position, Node body, Handler.Action action) {
            super(position);
            this.body = body;
            this.action = action;
        }

        /** @param handler its input is the error; null for none */
        static Try orHandle(int position, Node body, Node handler) {
            return new Try(position, body, (machine, error) -> {
                if (handler == null) {
                    machine.fail();
                } else {
                    machine.result(error);
                    machine.evaluate(handler);
                }
            });
        }

        /** Another way to do the same: its input is the body's. */
        static Try orElse(int position, Node body, Node other) {
            return new Try(position, body, (machine, error) -> machine.evaluate(other));
        }

        @Override
        void step(Machine machine) {
            Handler inner = new Handler(machine, action);
            machine.handleBy(inner);
            machine.then(new Continuation(machine.continuation()) {
                @Override
                void resume(Machine to) {
                    to.handleBy(inner.outer());
                }
            });
            machine.evaluate(body);
        }
    }

    /** {@code label $name | body} */
    static final class Label extends Node {
        private final Node body;

        Label(int position, Node body) {
            super(position);
            this.body = body;
        }

        @Override
        void step(Machine machine) {
            machine.bind(new Mark(machine.choices()));
            machine.evaluate(body);
        }
    }

    /** {@code break $name} */
    static final class Break extends Node {
        private final int hops;

        Break(int position, int hops) {
            super(position);
            this.hops = hops;
        }

        @Override
        void step(Machine machine) {
            machine.cutTo(((Mark) machine.env().at(hops).item()).choices());
            machine.fail();
        }
    }

    /** What was to be tried when a label was set; null when nothing was. */
    record Mark(Choice choices) {}
}
