package io.millrace.logic.flag;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What an expression does with its arguments. */
@FunctionalInterface
interface Operator {
    /** @throws RuleException when these can't be its arguments */
    Rule compile(JsonNode arguments, RuleCompiler compiler);

    /** What comes of arguments that have been evaluated. */
    @FunctionalInterface
    interface Function {
        /** @throws RuleException when nothing comes of them */
        Object of(List<?> arguments, Scope scope);
    }

    /** An operator that evaluates all of its arguments. */
    static Operator of(Function function) {
        return (arguments, compiler) -> {
            Rule values = compiler.arguments(arguments);
            return scope -> {
                scope.work().step();
                return function.of((List<?>) values.apply(scope), scope);
            };
        };
    }

    /** An argument; null also when it is not given. */
    static Object argument(List<?> arguments, int index) {
        return index < arguments.size() ? arguments.get(index) : null;
    }
}
