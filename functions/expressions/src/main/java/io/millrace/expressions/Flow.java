package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;

/** Which part comes after which: {@code | , as if and or //}. */
final class Flow {
    private Flow() {}

    /** {@code first | second} */
    static final class Pipe extends Node {
        private final Node first;
        private final Node second;

        Pipe(Node first, Node second) {
            super(0, heightOver(first, second));
            this.first = first;
            this.second = second;
        }

        @Override
        void step(Machine machine) {
            Env env = machine.env();
            machine.then(new Continuation(machine.continuation()) {
                @Override
                void resume(Machine to) {
                    to.evaluate(second, env);
                }
            });
            machine.evaluate(first);
        }

        @Override
        JsonNode value(JsonNode input, Env env, Meter meter) {
            meter.step();
            return second.value(first.value(input, env, meter), env, meter);
        }
    }

    /** {@code first, second} */
    static final class Comma extends Node {
        private final Node first;
        private final Node second;

        Comma(Node first, Node second) {
            super(0);
            this.first = first;
            this.second = second;
        }

        @Override
        void step(Machine machine) {
            machine.orElse(new Choice.Other(machine, second));
            machine.evaluate(first);
        }
    }

    /** {@code source as $name | body} */
    static final class Bind extends Node {
        private final Node source;
        private final Node body;

        Bind(int position, Node source, Node body) {
            super(position);
            this.source = source;
            this.body = body;
        }

        @Override
        void step(Machine machine) {
            machine.then(new Continuation.WithInput(machine) {
                @Override
                void resume(Machine to) {
                    JsonNode bound = to.value();
                    restore(to);
                    to.bind(bound);
                    to.evaluate(body);
                }
            });
            machine.track(null);
            machine.evaluate(source);
        }
    }

    static final class If extends Node {
        private final Node condition;
        private final Node then;
        private final Node otherwise;

        If(int position, Node condition, Node then, Node otherwise) {
            super(position, heightOver(condition, then, otherwise));
            this.condition = condition;
            this.then = then;
            this.otherwise = otherwise;
        }

        @Override
        void step(Machine machine) {
            if (condition.isSimple()) {
                choose(machine, condition.value(machine.value(), machine.env(), machine.meter()));
                return;
            }
            machine.then(new Continuation.WithInput(machine) {
                @Override
                void resume(Machine to) {
                    JsonNode decision = to.value();
                    restore(to);
                    choose(to, decision);
                }
            });
            machine.track(null);
            machine.evaluate(condition);
        }

        private void choose(Machine machine, JsonNode decision) {
            machine.evaluate(Order.isTrue(decision) ? then : otherwise);
        }

        @Override
        JsonNode value(JsonNode input, Env env, Meter meter) {
            meter.step();
            boolean decision = Order.isTrue(condition.value(input, env, meter));
            return (decision ? then : otherwise).value(input, env, meter);
        }
    }

    /** {@code left and right}, {@code left or right}: the right one is asked only when it decides. */
    static final class Junction extends Node {
        private final Node left;
        private final Node right;
        private final boolean decisive;

        /** @param decisive the left value that decides alone: true for {@code or} */
        Junction(int position, Node left, Node right, boolean decisive) {
            super(position, heightOver(left, right));
            this.left = left;
            this.right = right;
            this.decisive = decisive;
        }

        @Override
        void step(Machine machine) {
            machine.then(new Continuation.WithInput(machine) {
                @Override
                void resume(Machine to) {
                    if (Order.isTrue(to.value()) == decisive) {
                        to.result(Values.of(decisive));
                        to.track(place());
                        return;
                    }
                    restore(to);
                    Place from = place();
                    to.track(null);
                    to.then(new Continuation(to.continuation()) {
                        @Override
                        void resume(Machine at) {
                            at.result(Values.of(Order.isTrue(at.value())));
                            at.track(from);
                        }
                    });
                    to.evaluate(right);
                }
            });
            machine.track(null);
            machine.evaluate(left);
        }

        @Override
        JsonNode value(JsonNode input, Env env, Meter meter) {
            meter.step();
            boolean decided = Order.isTrue(left.value(input, env, meter)) == decisive;
            return Values.of(decided ? decisive : Order.isTrue(right.value(input, env, meter)));
        }
    }

    /** {@code first // second}: what is true of the first, or else the second. An error of the first is one. */
    static final class Alternative extends Node {
        private final Node first;
        private final Node second;

        Alternative(int position, Node first, Node second) {
            super(position, heightOver(first, second));
            this.first = first;
            this.second = second;
        }

        @Override
        void step(Machine machine) {
            Otherwise otherwise = new Otherwise(machine, second);
            machine.orElse(otherwise);
            machine.then(new Continuation(machine.continuation()) {
                @Override
                void resume(Machine to) {
                    if (Order.isTrue(to.value())) {
                        otherwise.found = true;
                    } else {
                        to.fail();
                    }
                }
            });
            machine.evaluate(first);
        }

        @Override
        JsonNode value(JsonNode input, Env env, Meter meter) {
            meter.step();
            JsonNode value = first.value(input, env, meter);
            return Order.isTrue(value) ? value : second.value(input, env, meter);
        }

        private static final class Otherwise extends Choice {
            private final Node second;
            private boolean found;

            Otherwise(Machine machine, Node second) {
                super(machine);
                this.second = second;
            }

            @Override
            void retry(Machine machine) {
                if (found) {
                    machine.fail();
                } else {
                    machine.evaluate(second);
                }
            }
        }
    }
}
