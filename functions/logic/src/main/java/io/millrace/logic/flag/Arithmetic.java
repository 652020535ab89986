package io.millrace.logic.flag;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/** Numbers of numbers. */
final class Arithmetic {
    static final Map<String, Operator> OPERATORS = Map.of(
            "+", Operator.of((arguments, scope) -> folded(arguments, 0.0, Double::sum)),
            "*", Operator.of((arguments, scope) -> folded(arguments, 1.0, (a, b) -> a * b)),
            "-", Operator.of((arguments, scope) -> difference(arguments)),
            "/", Operator.of((arguments, scope) -> quotient(arguments)),
            "%", Operator.of((arguments, scope) -> remainder(arguments)),
            "max", Operator.of((arguments, scope) -> extreme("max", arguments, Math::max)),
            "min", Operator.of((arguments, scope) -> extreme("min", arguments, Math::min)));

    private Arithmetic() {}

    private static Double folded(List<?> arguments, double start, DoubleBinaryOperator step) {
        double value = start;
        for (Object argument : arguments) {
            value = step.applyAsDouble(value, Values.numberOrFail(argument));
        }
        return Values.numberOrFail(value);
    }

    private static Double ofFirst(List<?> arguments, DoubleBinaryOperator step) {
        return folded(arguments.subList(1, arguments.size()), Values.numberOrFail(arguments.get(0)), step);
    }

    private static Double difference(List<?> arguments) {
        if (arguments.isEmpty()) {
            throw new RuleException("\"-\" takes at least 1 number");
        }
        return arguments.size() == 1
                ? (Double) (-Values.numberOrFail(arguments.get(0)))
                : ofFirst(arguments, (a, b) -> a - b);
    }

    private static Double quotient(List<?> arguments) {
        if (arguments.isEmpty()) {
            throw new RuleException("\"/\" takes at least 1 number");
        }
        return arguments.size() == 1
                ? folded(arguments, 1, Arithmetic::divided)
                : ofFirst(arguments, Arithmetic::divided);
    }

    private static double divided(double a, double b) {
        if (b == 0) {
            throw new RuleException("\"/\" by zero");
        }
        return a / b;
    }

    private static Double remainder(List<?> arguments) {
        if (arguments.size() < 2) {
            throw new RuleException("\"%\" takes at least 2 numbers");
        }
        return ofFirst(arguments, (a, b) -> a % b);
    }

    private static Double extreme(String name, List<?> arguments, DoubleBinaryOperator step) {
        Double value = null;
        for (Object argument : arguments) {
            if (!(argument instanceof Double number)) {
                throw new RuleException("\"" + name + "\" takes numbers, not " + Values.described(argument));
            }
            value = value == null ? number : (Double) step.applyAsDouble(value, number);
        }
        if (value == null) {
            throw new RuleException("\"" + name + "\" takes at least 1 number");
        }
        return value;
    }
}
