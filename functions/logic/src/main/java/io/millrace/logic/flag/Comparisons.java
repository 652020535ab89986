package io.millrace.logic.flag;

import java.util.List;
import java.util.Map;

/** Comparisons of two values, or of each with the next. */
final class Comparisons {
    static final Map<String, Operator> OPERATORS = Map.of(
            "==", chain("==", (a, b) -> loosely(a, b, Comparisons::isEqual, (x, y) -> x == y)),
            "!=", chain("!=", (a, b) -> loosely(a, b, (x, y) -> !isEqual(x, y), (x, y) -> x != y)),
            "===", chain("===", Values::isSame),
            "!==", chain("!==", (a, b) -> !Values.isSame(a, b)),
            "<", ordered("<", order -> order < 0, (x, y) -> x < y),
            "<=", ordered("<=", order -> order <= 0, (x, y) -> x <= y),
            ">", ordered(">", order -> order > 0, (x, y) -> x > y),
            ">=", ordered(">=", order -> order >= 0, (x, y) -> x >= y));

    private Comparisons() {}

    private interface Test {
        boolean holds(Object a, Object b);
    }

    private interface NumberTest {
        boolean holds(double a, double b);
    }

    private interface OrderTest {
        boolean holds(int order);
    }

    private static Operator chain(String name, Test test) {
        return (arguments, compiler) -> {
            List<Rule> rules = compiler.compileSome(name, arguments, 2);
            return scope -> {
                scope.work().step();
                Object before = rules.get(0).apply(scope);
                for (Rule rule : rules.subList(1, rules.size())) {
                    Object value = rule.apply(scope);
                    if (before instanceof String text) {
                        scope.work().characters(text.length());
                    }
                    if (!test.holds(before, value)) {
                        return false;
                    }
                    before = value;
                }
                return true;
            };
        };
    }

    private static Operator ordered(String name, OrderTest ofTexts, NumberTest ofNumbers) {
        return chain(
                name,
                (a, b) -> loosely(
                        a,
                        b,
                        (x, y) -> x instanceof String s && y instanceof String t
                                ? ofTexts.holds(s.compareTo(t))
                                : ofNumbers.holds(Values.number(x), Values.number(y)),
                        ofNumbers));
    }

    private static boolean isEqual(Object a, Object b) {
        return a == null ? b == null : a.equals(b);
    }

    /** Texts and nothing as they are, anything else as numbers. */
    private static boolean loosely(Object a, Object b, Test ofTexts, NumberTest ofNumbers) {
        if (isTextOrNothing(a) && isTextOrNothing(b)) {
            return ofTexts.holds(a, b);
        }
        return ofNumbers.holds(Values.numberOrFail(a), Values.numberOrFail(b));
    }

    private static boolean isTextOrNothing(Object value) {
        return value == null || value instanceof String;
    }
}
