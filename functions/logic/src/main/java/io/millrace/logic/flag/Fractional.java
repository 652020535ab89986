package io.millrace.logic.flag;

import static io.millrace.logic.flag.Operator.argument;

import java.util.List;

/**
 * flagd's {@code fractional}: of users each has a place from 0 to 1 that stays, by a hash, and so many of them as the weights say get each
 * variant.
 */
final class Fractional {
    private static final double MAX_WEIGHT = Integer.MAX_VALUE;

    private Fractional() {}

    /** The variant of whom the scope is about; null when there is none, or these are no weights. */
    static Object variant(List<?> arguments, Scope scope) {
        boolean hasExpression = argument(arguments, 0) instanceof String;
        String by = hasExpression ? (String) arguments.get(0) : byTargetingKey(scope);
        List<?> parts = hasExpression ? arguments.subList(1, arguments.size()) : arguments;
        if (by == null) {
            return null;
        }
        double all = 0;
        for (Object part : parts) {
            double weight = weight(part);
            if (Double.isNaN(weight)) {
                return null;
            }
            all += weight;
        }
        if (all > MAX_WEIGHT) {
            return null;
        }
        scope.work().characters(by.length());
        long bucket = Integer.toUnsignedLong(Murmur3.hash(by)) * (long) all >>> 32;
        long sum = 0;
        for (Object part : parts) {
            sum += (long) weight(part);
            if (sum > bucket) {
                return ((List<?>) part).get(0);
            }
        }
        return null;
    }

    /** The flag's key and the user's: so the same users are not the first of every flag. */
    private static String byTargetingKey(Scope scope) {
        Object key = scope.root().context().get(Scope.TARGETING_KEY);
        return Values.isTrue(key) || Values.isContainer(key)
                ? scope.root().flagKey() + Values.text(key, scope.work())
                : null;
    }

    /** 1 when none is given; not a number when it is no part. */
    private static double weight(Object part) {
        if (!(part instanceof List<?> pair) || pair.isEmpty() || pair.size() > 2 || Values.isContainer(pair.get(0))) {
            return Double.NaN;
        }
        if (pair.size() == 1) {
            return 1;
        }
        boolean isWhole = pair.get(1) instanceof Double weight && weight == Math.rint(weight) && !weight.isInfinite();
        return isWhole ? Math.max(0, (Double) pair.get(1)) : Double.NaN;
    }
}
