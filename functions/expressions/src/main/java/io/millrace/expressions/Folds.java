package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;

/** Parts that go through all values of another: {@code reduce foreach limit range [ ]}. */
final class Folds {
    private Folds() {}

    /** The value so far, and where it is when a path is asked for. */
    private static final class Accumulator {
        private JsonNode value = Values.NULL;
        private Place place;

        void set(Machine machine) {
            value = machine.value();
            place = machine.place();
        }

        /** What an update leaves when it has no output is null. */
        void take(Machine machine) {
            machine.result(value);
            machine.track(place);
            value = Values.NULL;
        }
    }

    /** {@code reduce source as $item (init; update)}; foreach has {@code extract}. */
    static final class Fold extends Node {
        private final Node source;
        private final Node init;
        private final Node update;
        private final Node extract;

        /**
         * @param update in an environment with the item
         * @param extract the same, for foreach; null for reduce
         */
        Fold(int position, Node source, Node init, Node update, Node extract) {
            super(position);
            this.source = source;
            this.init = init;
            this.update = update;
            this.extract = extract;
        }

        @Override
        void step(Machine machine) {
            machine.then(new Continuation.WithInput(machine) {
                @Override
                void resume(Machine to) {
                    Accumulator accumulator = new Accumulator();
                    accumulator.set(to);
                    restore(to);
                    begin(to, accumulator);
                }
            });
            machine.evaluate(init);
        }

        private void begin(Machine machine, Accumulator accumulator) {
            if (extract == null) {
                machine.orElse(new Choice(machine) {
                    @Override
                    void retry(Machine to) {
                        accumulator.take(to);
                    }
                });
            }
            Env env = machine.env();
            machine.track(null);
            machine.then(new Continuation(machine.continuation()) {
                @Override
                void resume(Machine to) {
                    JsonNode item = to.value();
                    accumulator.take(to);
                    to.evaluate(update, Env.with(item, env, to.meter()));
                    to.then(extract == null ? keep(to, accumulator) : emit(to, accumulator, item, env));
                }
            });
            machine.evaluate(source);
        }

        private static Continuation keep(Machine machine, Accumulator accumulator) {
            return new Continuation(machine.continuation()) {
                @Override
                void resume(Machine to) {
                    accumulator.set(to);
                    to.fail();
                }
            };
        }

        private Continuation emit(Machine machine, Accumulator accumulator, JsonNode item, Env env) {
            return new Continuation(machine.continuation()) {
                @Override
                void resume(Machine to) {
                    accumulator.set(to);
                    to.evaluate(extract, Env.with(item, env, to.meter()));
                }
            };
        }
    }

    /** {@code limit(count; of)}: stops asking when it has as many. */
    static final class Limit extends Node {
        private final Node count;
        private final Node of;

        /** @param count simple */
        Limit(int position, Node count, Node of) {
            super(position);
            this.count = count;
            this.of = of;
        }

        @Override
        void step(Machine machine) {
            JsonNode limit = count.value(machine.value(), machine.env(), machine.meter());
            if (!limit.isNumber()) {
                throw new Raised("limit needs a number, not " + Values.describe(limit));
            }
            double most = limit.doubleValue();
            machine.evaluate(of);
            if (most == 0) {
                machine.evaluate(new Leaves.Empty(position()));
            } else if (most > 0) {
                machine.then(new Counting(machine, most));
            }
        }

        private static final class Counting extends Continuation {
            private final Choice outside;
            private final double most;
            private double count;

            Counting(Machine machine, double most) {
                super(machine.continuation());
                outside = machine.choices();
                this.most = most;
            }

            @Override
            void resume(Machine machine) {
                if (++count >= most) {
                    machine.cutTo(outside);
                }
            }
        }
    }

    /** {@code range(from; upto; by)}, all of them simple. */
    static final class Range extends Node {
        private final Node from;
        private final Node upto;
        private final Node by;

        Range(int position, Node from, Node upto, Node by) {
            super(position);
            this.from = from;
            this.upto = upto;
            this.by = by;
        }

        @Override
        void step(Machine machine) {
            new Numbered(machine, number(machine, from), number(machine, upto), number(machine, by)).retry(machine);
        }

        private static double number(Machine machine, Node bound) {
            JsonNode value = bound.value(machine.value(), machine.env(), machine.meter());
            if (!value.isNumber()) {
                throw new Raised("Range bounds must be numeric");
            }
            return value.doubleValue();
        }

        private static final class Numbered extends Choice {
            private final double number;
            private final double upto;
            private final double by;

            Numbered(Machine machine, double number, double upto, double by) {
                super(machine);
                this.number = number;
                this.upto = upto;
                this.by = by;
            }

            private boolean isWithin(double value) {
                return by > 0 ? value < upto : by < 0 && value > upto;
            }

            @Override
            void retry(Machine machine) {
                if (!isWithin(number)) {
                    machine.fail();
                    return;
                }
                if (isWithin(number + by)) {
                    machine.orElse(new Numbered(machine, number + by, upto, by));
                }
                machine.result(Numbers.of(number));
            }
        }
    }
}
