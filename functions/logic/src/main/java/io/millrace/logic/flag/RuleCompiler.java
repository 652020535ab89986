package io.millrace.logic.flag;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * From the JSON of JSON Logic to something that runs. What needs no context is done at once, so that what can't be right is found before
 * anybody asks. Of JSON as {@code FlagDocument} reads it, which is not nested deeper than can be followed.
 */
final class RuleCompiler {
    static final String NO_REFERENCES =
            "a record holds one flag, so that there are no shared evaluators; write the rule out";

    private final Scope nowhere = Scope.top(new Scope.Root(Map.of(), "", Map.of(), new EvaluationBudget()));

    /** @throws RuleException when it is no expression */
    Rule compile(JsonNode node) {
        if (node.isArray()) {
            return list(node);
        }
        if (!node.isObject() || node.isEmpty()) {
            return Rule.constant(Values.of(node));
        }
        String name = node.fieldNames().next();
        if (node.size() > 1) {
            throw new RuleException(
                    "an expression has one operator, not \"" + name + "\" and " + (node.size() - 1) + " more");
        }
        if (name.equals("$ref")) {
            throw new RuleException("$ref: " + NO_REFERENCES);
        }
        Operator operator = Operators.named(name);
        if (operator == null) {
            throw new RuleException("\"" + name + "\" is no operator");
        }
        Rule rule = operator.compile(node.get(name), this);
        return isConstant(node) ? Rule.constant(rule.apply(nowhere)) : rule;
    }

    /** A list of what its elements come to. */
    Rule list(JsonNode array) {
        List<Rule> rules = compileAll(array);
        if (isConstant(array)) {
            return Rule.constant(values(rules, nowhere));
        }
        return scope -> values(rules, scope);
    }

    /** What the arguments come to: of a list each of it, of anything else the one, or what is in it when that is a list. */
    Rule arguments(JsonNode arguments) {
        if (arguments.isArray()) {
            return list(arguments);
        }
        Rule only = compile(arguments);
        return scope -> {
            Object value = only.apply(scope);
            return value instanceof List ? value : Collections.singletonList(value);
        };
    }

    List<Rule> compileAll(JsonNode array) {
        List<Rule> rules = new ArrayList<>(array.size());
        array.forEach(element -> rules.add(compile(element)));
        return rules;
    }

    /** The same of an operator that does not evaluate them all. */
    List<Rule> compileSome(String operator, JsonNode arguments, int least) {
        if (!arguments.isArray() || arguments.size() < least) {
            throw new RuleException("\"" + operator + "\" takes a list" + (least == 0 ? "" : " of at least " + least));
        }
        return compileAll(arguments);
    }

    private static List<Object> values(List<Rule> rules, Scope scope) {
        scope.work().step();
        List<Object> values = new ArrayList<>(rules.size());
        for (Rule rule : rules) {
            values.add(rule.apply(scope));
        }
        return values;
    }

    private static boolean isConstant(JsonNode node) {
        if (node.isObject()
                && !node.isEmpty()
                && !Operators.isPure(node.fieldNames().next())) {
            return false;
        }
        for (JsonNode child : node) {
            if (!isConstant(child)) {
                return false;
            }
        }
        return true;
    }
}
