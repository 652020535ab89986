package io.millrace.logic.flag;

import java.util.List;

/** flagd's {@code sem_ver}. */
final class Versions {
    private Versions() {}

    /** Null when it is not of two versions and a comparison. */
    static Boolean compare(List<?> arguments, Scope scope) {
        if (arguments.size() != 3) {
            return null;
        }
        SemVer a = read(arguments.get(0), scope);
        SemVer b = read(arguments.get(2), scope);
        if (a == null || b == null) {
            return null;
        }
        int order = a.compareTo(b);
        return switch (Values.text(arguments.get(1), scope.work())) {
            case "=" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">=" -> order >= 0;
            case ">" -> order > 0;
            case "^" -> a.major() == b.major();
            case "~" -> a.major() == b.major() && a.minor() == b.minor();
            default -> null;
        };
    }

    private static SemVer read(Object value, Scope scope) {
        scope.work().characters(SemVer.MAX_LENGTH);
        return value instanceof String || value instanceof Double
                ? SemVer.read(Values.text(value, scope.work()))
                : null;
    }
}
