package io.millrace.logic.flag;

import static io.millrace.logic.flag.Operator.argument;

import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** Texts, and what is in one or in a list. */
final class Texts {
    static final Map<String, Operator> OPERATORS = Map.of(
            "cat", Operator.of(Texts::cat),
            "substr", Operator.of(Texts::substr),
            "in", Operator.of(Texts::in),
            "starts_with", Operator.of((arguments, scope) -> compare(arguments, scope, String::startsWith)),
            "ends_with", Operator.of((arguments, scope) -> compare(arguments, scope, String::endsWith)));

    private Texts() {}

    private static String cat(List<?> arguments, Scope scope) {
        StringBuilder text = new StringBuilder();
        for (Object argument : arguments) {
            if (argument != null) {
                Values.append(text, Values.text(argument, scope.work()), scope.work());
            }
        }
        return text.toString();
    }

    /** By a negative start from the end; by a negative length without that many at the end. */
    private static String substr(List<?> arguments, Scope scope) {
        if (!(argument(arguments, 0) instanceof String text)) {
            throw new RuleException("\"substr\" takes a text, not " + Values.described(argument(arguments, 0)));
        }
        scope.work().characters(text.length());
        double start = whole(argument(arguments, 1));
        int from = (int) (start < 0 ? Math.max(0, text.length() + start) : Math.min(start, text.length()));
        String rest = text.substring(from);
        if (arguments.size() < 3) {
            return rest;
        }
        double length = whole(arguments.get(2));
        double to = length < 0 ? Math.max(0, rest.length() + length) : Math.min(length, rest.length());
        return rest.substring(0, (int) to);
    }

    private static double whole(Object value) {
        double number = Values.number(value);
        return Double.isNaN(number) ? 0 : number < 0 ? Math.ceil(number) : Math.floor(number);
    }

    private static boolean in(List<?> arguments, Scope scope) {
        Object item = argument(arguments, 0);
        Object whole = argument(arguments, 1);
        if (whole instanceof List<?> list) {
            scope.work().elements(list.size());
            for (Object element : list) {
                if (Values.isSame(item, element)) {
                    return true;
                }
            }
            return false;
        }
        if (!Values.isTrue(whole) && !(whole instanceof Map)) {
            return false;
        }
        if (!(whole instanceof String text)) {
            throw new RuleException("\"in\" takes a text or a list, not " + Values.described(whole));
        }
        String sought = Values.text(item, scope.work());
        scope.work().search(text.length(), sought.length());
        return text.contains(sought);
    }

    /** Null when it is not of two texts. */
    private static Boolean compare(List<?> arguments, Scope scope, BiPredicate<String, String> test) {
        if (arguments.size() != 2
                || !(arguments.get(0) instanceof String text)
                || !(arguments.get(1) instanceof String part)) {
            return null;
        }
        scope.work().characters(part.length());
        return test.test(text, part);
    }
}
