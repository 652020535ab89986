package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Parts that make arrays, objects and texts of the values of others. */
final class Makers {
    private Makers() {}

    /** {@code [of]} */
    static final class ArrayOf extends Node {
        private final Node of;

        ArrayOf(int position, Node of) {
            super(position, heightOver(of));
            this.of = of;
        }

        @Override
        void step(Machine machine) {
            List<JsonNode> items = new ArrayList<>();
            machine.orElse(new Choice(machine) {
                @Override
                void retry(Machine to) {
                    to.result(Values.array(items, to.meter()));
                }
            });
            machine.track(null);
            machine.then(new Continuation(machine.continuation()) {
                @Override
                void resume(Machine to) {
                    to.meter().array(0);
                    items.add(to.value());
                    to.fail();
                }
            });
            machine.evaluate(of);
        }

        @Override
        JsonNode value(JsonNode input, Env env, Meter meter) {
            meter.step();
            return Values.array(List.of(of.value(input, env, meter)), meter);
        }
    }

    /** Several parts, each with the input: one result for each combination of their values. */
    abstract static class Combination extends Node {
        private final List<Node> parts;

        Combination(int position, List<Node> parts) {
            super(position, heightOver(parts.toArray(new Node[0])));
            this.parts = List.copyOf(parts);
        }

        /** Of one value of each part, in their order. */
        abstract JsonNode combine(JsonNode input, JsonNode[] values, Meter meter);

        /** Which part is evaluated as the n-th: the later it is, the faster its values vary. */
        int part(int turn) {
            return turn;
        }

        @Override
        void step(Machine machine) {
            Place outer = machine.place();
            JsonNode input = machine.value();
            machine.track(null);
            pick(machine, machine.env(), input, outer, null, 0);
        }

        private void pick(Machine machine, Env env, JsonNode input, Place outer, Picked picked, int turn) {
            machine.at(this);
            if (turn == parts.size()) {
                machine.result(combine(input, values(picked), machine.meter()));
                machine.track(outer);
                return;
            }
            machine.result(input);
            machine.then(new Continuation(machine.continuation()) {
                @Override
                void resume(Machine to) {
                    pick(to, env, input, outer, new Picked(to.value(), picked), turn + 1);
                }
            });
            machine.evaluate(parts.get(part(turn)), env);
        }

        private JsonNode[] values(Picked last) {
            JsonNode[] values = new JsonNode[parts.size()];
            Picked picked = last;
            for (int turn = values.length - 1; turn >= 0; turn--) {
                values[part(turn)] = picked.value;
                picked = picked.before;
            }
            return values;
        }

        @Override
        JsonNode value(JsonNode input, Env env, Meter meter) {
            meter.step();
            JsonNode[] values = new JsonNode[parts.size()];
            for (int turn = 0; turn < values.length; turn++) {
                int part = part(turn);
                values[part] = parts.get(part).value(input, env, meter);
            }
            try {
                return combine(input, values, meter);
            } catch (Raised error) {
                throw error.at(position());
            }
        }

        int parts() {
            return parts.size();
        }
    }

    private record Picked(JsonNode value, Picked before) {}

    /** A function in Java. Its last argument is evaluated first. */
    static final class Call extends Combination {
        private final Native function;

        Call(int position, Native function, List<Node> arguments) {
            super(position, arguments);
            this.function = function;
        }

        @Override
        int part(int turn) {
            return parts() - 1 - turn;
        }

        @Override
        JsonNode combine(JsonNode input, JsonNode[] values, Meter meter) {
            return function.call(input, values, meter);
        }
    }

    /** {@code {key: value, …}}: parts are keys and values in turn. */
    static final class ObjectOf extends Combination {
        ObjectOf(int position, List<Node> keysAndValues) {
            super(position, keysAndValues);
        }

        @Override
        JsonNode combine(JsonNode input, JsonNode[] values, Meter meter) {
            meter.object(values.length / 2);
            ObjectNode object = Values.object();
            for (int i = 0; i < values.length; i += 2) {
                if (!values[i].isTextual()) {
                    throw new Raised("Object keys must be strings, not " + Values.describe(values[i]));
                }
                object.set(values[i].textValue(), values[i + 1]);
            }
            return object;
        }
    }

    /** {@code "a \(b) c"}; the last part is evaluated first. */
    static final class Interpolation extends Combination {
        private final Formats format;
        private final List<String> texts;

        /** @param texts what stands before each part, and after the last */
        Interpolation(int position, Formats format, List<String> texts, List<Node> parts) {
            super(position, parts);
            this.format = format;
            this.texts = List.copyOf(texts);
        }

        @Override
        int part(int turn) {
            return parts() - 1 - turn;
        }

        @Override
        JsonNode combine(JsonNode input, JsonNode[] values, Meter meter) {
            StringBuilder text = new StringBuilder(texts.get(0));
            for (int i = 0; i < values.length; i++) {
                String part = format.apply(values[i], meter);
                meter.made((long) part.length() + texts.get(i + 1).length());
                text.append(part).append(texts.get(i + 1));
            }
            return Values.text(text.toString(), meter);
        }
    }
}
