package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Iterator;
import java.util.Map;

/** Parts that go into a value: what a path expression is made of. */
final class Walks {
    private Walks() {}

    /** {@code of[key]}; a slice has a key of two bounds. The key is evaluated with the input, as {@code of} is. */
    static final class Index extends Node {
        private final Node of;
        private final Node key;

        Index(int position, Node of, Node key) {
            super(position, heightOver(of, key));
            this.of = of;
            this.key = key;
        }

        @Override
        void step(Machine machine) {
            if (key.isSimple()) {
                walk(machine, key.value(machine.value(), machine.env(), machine.meter()));
                return;
            }
            machine.then(new Continuation.WithInput(machine) {
                @Override
                void resume(Machine to) {
                    JsonNode by = to.value();
                    restore(to);
                    walk(to, by);
                }
            });
            machine.track(null);
            machine.evaluate(key);
        }

        private void walk(Machine machine, JsonNode by) {
            machine.then(new Continuation(machine.continuation()) {
                @Override
                void resume(Machine to) {
                    to.at(Index.this);
                    to.child(by, to.access().get(to.value(), by));
                }
            });
            machine.evaluate(of);
        }

        @Override
        JsonNode value(JsonNode input, Env env, Meter meter) {
            meter.step();
            JsonNode by = key.value(input, env, meter);
            JsonNode value = of.value(input, env, meter);
            try {
                return new Access(meter).get(value, by);
            } catch (Raised error) {
                throw error.at(position());
            }
        }
    }

    /** {@code of[]} */
    static final class Iterate extends Node {
        private final Node of;

        Iterate(int position, Node of) {
            super(position);
            this.of = of;
        }

        @Override
        void step(Machine machine) {
            machine.then(new Continuation(machine.continuation()) {
                @Override
                void resume(Machine to) {
                    to.at(Iterate.this);
                    begin(to);
                }
            });
            machine.evaluate(of);
        }

        private static void begin(Machine machine) {
            JsonNode value = machine.value();
            if (value.isArray()) {
                new Items(machine, value, 0).retry(machine);
            } else if (value.isObject()) {
                new Fields(machine, value.properties().iterator()).retry(machine);
            } else {
                throw new Raised("Cannot iterate over " + (value.isNull() ? "null" : Values.describe(value)));
            }
        }
    }

    private static final class Items extends Choice {
        private final JsonNode array;
        private final int index;

        Items(Machine machine, JsonNode array, int index) {
            super(machine);
            this.array = array;
            this.index = index;
        }

        @Override
        void retry(Machine machine) {
            if (index >= array.size()) {
                machine.fail();
                return;
            }
            if (index + 1 < array.size()) {
                machine.orElse(new Items(machine, array, index + 1));
            }
            machine.child(machine.place() == null ? null : Numbers.of(index), array.get(index));
        }
    }

    private static final class Fields extends Choice {
        private final Iterator<Map.Entry<String, JsonNode>> rest;

        Fields(Machine machine, Iterator<Map.Entry<String, JsonNode>> rest) {
            super(machine);
            this.rest = rest;
        }

        @Override
        void retry(Machine machine) {
            if (!rest.hasNext()) {
                machine.fail();
                return;
            }
            Map.Entry<String, JsonNode> field = rest.next();
            if (rest.hasNext()) {
                machine.orElse(new Fields(machine, rest));
            }
            machine.child(machine.place() == null ? null : TextNode.valueOf(field.getKey()), field.getValue());
        }
    }

    /** {@code getpath(path)} */
    static final class GetPath extends Node {
        private final Node path;

        GetPath(int position, Node path) {
            super(position);
            this.path = path;
        }

        @Override
        void step(Machine machine) {
            machine.then(new Continuation.WithInput(machine) {
                @Override
                void resume(Machine to) {
                    JsonNode keys = to.value();
                    restore(to);
                    to.at(GetPath.this);
                    if (place() == null) {
                        to.result(to.access().getPath(input(), keys));
                    } else {
                        walk(to, keys);
                    }
                }
            });
            machine.track(null);
            machine.evaluate(path);
        }

        private static void walk(Machine machine, JsonNode keys) {
            // Checks that it is a path.
            machine.access().getPath(machine.value(), keys);
            for (JsonNode key : keys) {
                machine.child(key, machine.access().get(machine.value(), key));
            }
        }
    }

    /** {@code path(of)} */
    static final class PathOf extends Node {
        private final Node of;

        PathOf(int position, Node of) {
            super(position);
            this.of = of;
        }

        @Override
        void step(Machine machine) {
            Place outer = machine.place();
            machine.then(new Continuation(machine.continuation()) {
                @Override
                void resume(Machine to) {
                    to.at(PathOf.this);
                    to.place().check(to.value());
                    to.result(to.place().keys(to.meter()));
                    to.track(outer);
                }
            });
            machine.track(Place.root(machine.value()));
            machine.evaluate(of);
        }
    }
}
