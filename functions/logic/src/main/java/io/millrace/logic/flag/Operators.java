package io.millrace.logic.flag;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The operators of flagd: those of its schema of targeting (https://flagd.dev/schema/v0/targeting.json). */
final class Operators {
    /** What they give is not of their arguments alone, or is flagd's own, which is never done beforehand. */
    private static final Set<String> IMPURE = Set.of(
            "var",
            "missing",
            "missing_some",
            "fractional",
            "sem_ver",
            "starts_with",
            "ends_with",
            "map",
            "filter",
            "reduce",
            "all",
            "none",
            "some");

    private static final Map<String, Operator> ALL = all();

    private Operators() {}

    private static Map<String, Operator> all() {
        Map<String, Operator> all = new HashMap<>();
        all.putAll(Conditions.OPERATORS);
        all.putAll(Comparisons.OPERATORS);
        all.putAll(Arithmetic.OPERATORS);
        all.putAll(Lists.OPERATORS);
        all.putAll(Texts.OPERATORS);
        all.putAll(Variables.OPERATORS);
        all.put("fractional", Operator.of(Fractional::variant));
        all.put("sem_ver", Operator.of(Versions::compare));
        return Map.copyOf(all);
    }

    /** Null when there is none. */
    static Operator named(String name) {
        return ALL.get(name);
    }

    static boolean isPure(String name) {
        return !IMPURE.contains(name);
    }
}
