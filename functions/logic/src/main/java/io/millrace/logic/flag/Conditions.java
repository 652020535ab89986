package io.millrace.logic.flag;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** What is chosen, and what is true. */
final class Conditions {
    static final Map<String, Operator> OPERATORS = Map.of(
            "if", Conditions::choose,
            "and", (arguments, compiler) -> untilIs(false, compiler.compileSome("and", arguments, 0)),
            "or", (arguments, compiler) -> untilIs(true, compiler.compileSome("or", arguments, 0)),
            "!", (arguments, compiler) -> is(false, arguments, compiler),
            "!!", (arguments, compiler) -> is(true, arguments, compiler));

    private Conditions() {}

    private static Rule choose(JsonNode arguments, RuleCompiler compiler) {
        List<Rule> branches = compiler.compileSome("if", arguments, 0);
        return scope -> {
            scope.work().step();
            int i = 0;
            while (i + 1 < branches.size()) {
                if (Values.isTrue(branches.get(i).apply(scope))) {
                    return branches.get(i + 1).apply(scope);
                }
                i += 2;
            }
            return i < branches.size() ? branches.get(i).apply(scope) : null;
        };
    }

    /** The first that is so, or the last. */
    private static Rule untilIs(boolean wanted, List<Rule> rules) {
        return scope -> {
            scope.work().step();
            Object value = null;
            for (Rule rule : rules) {
                value = rule.apply(scope);
                if (Values.isTrue(value) == wanted) {
                    return value;
                }
            }
            return value;
        };
    }

    private static Rule is(boolean wanted, JsonNode arguments, RuleCompiler compiler) {
        if (arguments.isArray() && arguments.isEmpty()) {
            return Rule.constant(!wanted);
        }
        Rule rule = compiler.compile(arguments.isArray() ? arguments.get(0) : arguments);
        return scope -> {
            scope.work().step();
            return Values.isTrue(rule.apply(scope)) == wanted;
        };
    }
}
