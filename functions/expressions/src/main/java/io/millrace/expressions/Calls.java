package io.millrace.expressions;

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
            for (Node argument : arguments) {
                // An argument that is an argument stays what it is, or a loop would wrap it once in each turn.
                Object closure = argument instanceof Argument passed
                        ? here.at(passed.hops).item()
                        : new Env.Closure(argument, here);
                env = Env.with(closure, env, machine.meter());
            }
            machine.evaluate(definition.body(), env);
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
