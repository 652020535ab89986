package io.millrace.logic.flag;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is done with each element of a list. */
final class Lists {
    static final Map<String, Operator> OPERATORS = Map.of(
            "map", each("map", Lists::map),
            "filter", each("filter", Lists::filter),
            "all", each("all", (list, rule, scope) -> !list.isEmpty() && !isAny(list, rule, scope, false)),
            "some", each("some", (list, rule, scope) -> isAny(list, rule, scope, true)),
            "none", each("none", (list, rule, scope) -> !isAny(list, rule, scope, true)),
            "reduce", Lists::reduce,
            "merge", Operator.of(Lists::merge));

    private Lists() {}

    private interface Body {
        Object of(List<?> list, Rule rule, Scope scope);
    }

    private static Operator each(String name, Body body) {
        return (arguments, compiler) -> {
            List<Rule> rules = compiler.compileSome(name, arguments, 2);
            return scope -> body.of(list(name, rules.get(0), scope), rules.get(1), scope);
        };
    }

    private static List<?> list(String name, Rule rule, Scope scope) {
        scope.work().step();
        Object value = rule.apply(scope);
        if (value instanceof List<?> list) {
            return list;
        }
        if (Values.isTrue(value) || value instanceof Map) {
            throw new RuleException("\"" + name + "\" takes a list, not " + Values.described(value));
        }
        return List.of();
    }

    private static Object of(List<?> list, int index, Rule rule, Scope scope) {
        return rule.apply(scope.of(list.get(index), new Scope.Place(list, index)));
    }

    private static List<Object> map(List<?> list, Rule rule, Scope scope) {
        List<Object> values = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            values.add(of(list, i, rule, scope));
        }
        return values;
    }

    private static List<Object> filter(List<?> list, Rule rule, Scope scope) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (Values.isTrue(of(list, i, rule, scope))) {
                values.add(list.get(i));
            }
        }
        return values;
    }

    private static boolean isAny(List<?> list, Rule rule, Scope scope, boolean wanted) {
        for (int i = 0; i < list.size(); i++) {
            if (Values.isTrue(of(list, i, rule, scope)) == wanted) {
                return true;
            }
        }
        return false;
    }

    private static Rule reduce(JsonNode arguments, RuleCompiler compiler) {
        List<Rule> rules = compiler.compileSome("reduce", arguments, 2);
        return scope -> {
            List<?> list = list("reduce", rules.get(0), scope);
            boolean hasStart = rules.size() > 2;
            if (!hasStart && list.isEmpty()) {
                throw new RuleException("\"reduce\" of an empty list takes a third argument, to begin with");
            }
            Object value = hasStart ? flat(rules.get(2).apply(scope)) : list.get(0);
            for (Object current : list.subList(hasStart ? 0 : 1, list.size())) {
                Map<String, Object> data = new HashMap<>();
                data.put("accumulator", value);
                data.put("current", current);
                value = flat(rules.get(1).apply(scope.of(data, null)));
            }
            return value;
        };
    }

    /** What is kept from element to element: else it could grow deeper with each. */
    private static Object flat(Object value) {
        Iterable<?> elements =
                value instanceof List<?> list ? list : value instanceof Map<?, ?> map ? map.values() : List.of();
        for (Object element : elements) {
            if (Values.isContainer(element)) {
                throw new RuleException("\"reduce\" can't make lists or objects in others");
            }
        }
        return value;
    }

    private static List<Object> merge(List<?> arguments, Scope scope) {
        List<Object> merged = new ArrayList<>();
        for (Object argument : arguments) {
            if (argument instanceof List<?> list) {
                scope.work().elements(list.size());
                merged.addAll(list);
            } else {
                merged.add(argument);
            }
        }
        return merged;
    }
}
