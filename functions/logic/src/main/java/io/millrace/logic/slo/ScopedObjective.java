package io.millrace.logic.slo;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.millrace.schema.slo.SloDefined;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import java.util.Set;

/** An objective, and for which groups and topics it is. */
public final class ScopedObjective {
    private static final double LEAST_TARGET = 0.5;
    private static final double MOST_TARGET = 0.99999;
    private static final Set<String> SEVERITIES = Set.of("page", "ticket");
    private static final int MAX_LABEL = 100;

    private final Objective objective;
    private final Names groups;
    private final Names topics;

    /** Names of one kind. */
    @FunctionalInterface
    private interface Names {
        boolean have(String name);
    }

    private ScopedObjective(Objective objective, Names groups, Names topics) {
        this.objective = objective;
        this.groups = groups;
        this.topics = topics;
    }

    /** @throws RejectedEventException when it can't be followed; the message begins with the field */
    public static ScopedObjective of(SloDefined defined) throws RejectedEventException {
        requireLimits(defined);
        requireTarget(defined.target());
        requireSeverities(defined);
        return new ScopedObjective(
                Objective.of(defined),
                names("group", defined.group(), defined.groupPattern()),
                names("topic", defined.topic(), defined.topicPattern()));
    }

    private static void requireLimits(SloDefined defined) throws RejectedEventException {
        if (defined.maxLagSeconds() == null && defined.maxLagRecords() == null) {
            throw new RejectedEventException(
                    ErrorCode.MISSING_FIELD, "max_lag_seconds: missing; give it, or max_lag_records, or both");
        }
        requireNotMore("normal_lag_seconds", defined.normalLagSeconds(), "max_lag_seconds", defined.maxLagSeconds());
        requireNotMore("normal_lag_records", defined.normalLagRecords(), "max_lag_records", defined.maxLagRecords());
    }

    private static void requireNotMore(String field, Long normal, String limit, Long max)
            throws RejectedEventException {
        if (normal != null && (max == null || normal > max)) {
            throw invalid(field, "must not be more than " + limit + (max == null ? ", which is missing" : ""));
        }
    }

    private static void requireTarget(Double target) throws RejectedEventException {
        if (target != null && !(target >= LEAST_TARGET && target <= MOST_TARGET)) {
            throw invalid("target", "must be between " + LEAST_TARGET + " and " + MOST_TARGET + ", is " + target);
        }
    }

    private static void requireSeverities(SloDefined defined) throws RejectedEventException {
        for (String severity : defined.severities().keySet()) {
            if (!SEVERITIES.contains(severity)) {
                throw invalid("severities", "there are page and ticket, and no other");
            }
            if (defined.severities().get(severity).length() > MAX_LABEL) {
                throw invalid("severities." + severity, "must have at most " + MAX_LABEL + " characters");
            }
        }
    }

    /** @param field the name of the exact one */
    private static Names names(String field, String exact, String pattern) throws RejectedEventException {
        if (exact != null && pattern != null) {
            throw invalid(field + "_pattern", "give it or " + field + ", not both");
        }
        if (exact != null) {
            return exact::equals;
        }
        if (pattern == null) {
            return name -> true;
        }
        Pattern compiled = compile(field + "_pattern", pattern);
        return name -> compiled.matcher(name).matches();
    }

    /** Without counted repetition the machine that a pattern becomes is not larger than the pattern is long. */
    private static Pattern compile(String field, String pattern) throws RejectedEventException {
        if (pattern.indexOf('{') >= 0 || pattern.contains("(?")) {
            throw invalid(field, "must have no { and no (?");
        }
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw invalid(field, "is no pattern in RE2 syntax: " + e.getDescription());
        }
    }

    private static RejectedEventException invalid(String field, String problem) {
        return new RejectedEventException(ErrorCode.INVALID_VALUE, field + ": " + problem);
    }

    Objective objective() {
        return objective;
    }

    boolean isFor(String group, String topic) {
        return groups.have(group) && topics.have(topic);
    }
}
