package io.millrace.logic.flag;

import static io.millrace.logic.flag.Operator.argument;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the context has, and has not. */
final class Variables {
    static final Map<String, Operator> OPERATORS = Map.of(
            "var", Variables::variable,
            "missing", Operator.of(Variables::missing),
            "missing_some", Operator.of(Variables::missingSome));

    private Variables() {}

    private static Rule variable(JsonNode arguments, RuleCompiler compiler) {
        JsonNode name = arguments.isArray() ? arguments.path(0) : arguments;
        Rule byDefault =
                arguments.isArray() && arguments.size() > 1 ? compiler.compile(arguments.get(1)) : Rule.constant(null);
        if (!name.isContainerNode()) {
            Path path = Path.of(name.isMissingNode() || name.isNull() ? "" : plain(name));
            return scope -> {
                scope.work().step();
                Object found = path.of(scope);
                return found == Path.NOTHING ? byDefault.apply(scope) : found;
            };
        }
        Rule named = compiler.compile(name);
        return scope -> {
            Object value = named.apply(scope);
            Object first = value instanceof List<?> list ? argument(list, 0) : value;
            Path path = Path.of(first == null ? "" : bounded(Values.text(first, scope.work()), scope));
            Object found = path.of(scope);
            if (found != Path.NOTHING) {
                return found;
            }
            return value instanceof List<?> list ? argument(list, 1) : byDefault.apply(scope);
        };
    }

    private static String plain(JsonNode name) {
        return name.isNumber() ? Values.text(name.doubleValue()) : name.asText();
    }

    private static String bounded(String name, Scope scope) {
        scope.work().elements(name.length());
        return name;
    }

    private static List<Object> missing(List<?> names, Scope scope) {
        List<Object> missing = new ArrayList<>();
        for (Object name : names) {
            Path path = Path.of(bounded(Values.text(name, scope.work()), scope));
            if (path.isMissing(scope)) {
                missing.add(name);
            }
        }
        return missing;
    }

    private static List<Object> missingSome(List<?> arguments, Scope scope) {
        if (!(argument(arguments, 1) instanceof List<?> names)) {
            throw new RuleException("\"missing_some\" takes a number and a list of names");
        }
        List<Object> missing = missing(names, scope);
        boolean isEnough = names.size() - missing.size() >= Values.number(arguments.get(0));
        return isEnough ? List.of() : missing;
    }
}
