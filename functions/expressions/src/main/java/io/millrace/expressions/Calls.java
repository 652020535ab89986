package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Functions that are defined in jq, and their arguments. */
final class Calls {
    private Calls() {}

    /** {@code def …; rest} */
    static final class Define extends Node {
        private final Definition definition;
        private final Node rest;

        Define(int position, Definition definition, Node rest) {
            super(position);
            this.definition = definition;
            this.rest = rest;
        }

        @Override
        void step(Machine machine) {
            machine.bind(definition);
            machine.evaluate(rest);
        }
    }

    /** A call of a function; nothing waits for a call that comes last in a function, so it may do so for ever. */
    static final class Call extends Node {
        private static final int BUILT_IN = -1;

        private final Definition definition;
        private final int hops;
        private final List<Node> arguments;

        private Call(int position, Definition definition, int hops, List<Node> arguments) {
            super(position);
            this.definition = definition;
            this.hops = hops;
            this.arguments = List.copyOf(arguments);
        }

        /** One that the program defines, so far away. */
        static Call defined(int position, Definition definition, int hops, List<Node> arguments) {
            return new Call(position, definition, hops, arguments);
        }

        static Call builtIn(int position, Definition definition, List<Node> arguments) {
            return new Call(position, definition, BUILT_IN, arguments);
        }

        @Override
        void step(Machine machine) {
            Env here = machine.env();
            Env env = hops == BUILT_IN ? Env.EMPTY : here.at(hops);
            for (int i = 0; i < arguments.size(); i++) {
                boolean isValue = definition.parameters().get(i).startsWith("$");
                env = Env.with(argument(machine, here, arguments.get(i), isValue), env, machine.meter());
            }
            machine.evaluate(definition.body(), env);
        }

        /**
         * A loop by calls would otherwise hold on to what each turn was given: an argument that is an argument stays
         * what it is, and one of which the function begins with the value becomes it.
         */
        private static Object argument(Machine machine, Env here, Node argument, boolean isValue) {
            if (argument instanceof Argument passed) {
                return here.at(passed.hops).item();
            }
            if (isValue && argument.isSimple()) {
                JsonNode value = argument.value(machine.value(), here, machine.meter());
                return new Env.Closure(new Leaves.Literal(0, value), Env.EMPTY);
            }
            return new Env.Closure(argument, here);
        }
    }

    /** An argument of the function that this is in: evaluated where it was written. */
    static final class Argument extends Node {
        private final int hops;

        Argument(int position, int hops) {
            super(position);
            this.hops = hops;
        }

        @Override
        void step(Machine machine) {
            Env.Closure closure = (Env.Closure) machine.env().at(hops).item();
            machine.evaluate(closure.node(), closure.env());
        }
    }
}
