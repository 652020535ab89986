package io.millrace.auditor;

import java.util.Set;

/** What goes together in a result. */
final class ResultRules {
    private static final Set<String> OF_TIMEOUTS = Set.of("deadline_passed", "attempt_timed_out");
    private static final Set<String> OF_REFUSALS = Set.of(
            "unknown_agent", "approval_required", "input_invalid", "budget_exhausted", "overloaded", "circuit_open");

    private ResultRules() {}

    /** What is wrong with it; null for nothing. */
    static String problem(ResultRecord result) {
        String ofStatus =
                switch (result.status()) {
                    case OK -> ok(result);
                    case DEGRADED -> without(result, result.hasOutput(), "an output") + because(result);
                    case SKIPPED -> without(result, !result.hasOutput(), "no output") + because(result);
                    case FAILED -> without(result, !result.hasOutput(), "no output") + because(result);
                    case TIMED_OUT -> without(result, !result.hasOutput(), "no output") + among(result, OF_TIMEOUTS);
                    case REFUSED -> without(result, !result.hasOutput(), "no output") + among(result, OF_REFUSALS);
                };
        String free =
                result.costMicros() + result.tokens() + result.attempts() > 0 ? " costs something or has attempts" : "";
        String problem = ofStatus + (result.cached() ? free : "");
        return problem.isEmpty() ? null : problem.strip();
    }

    private static String ok(ResultRecord result) {
        return without(result, result.hasOutput(), "an output")
                + without(result, result.errorCode() == null, "no error")
                + without(result, result.answeredBy() != null, "answered_by")
                + without(result, result.cached() || result.attempts() > 0, "attempts, or cached");
    }

    private static String because(ResultRecord result) {
        return without(result, result.errorCode() != null, "an error")
                + without(result, !result.cached(), "cached false");
    }

    private static String among(ResultRecord result, Set<String> codes) {
        return because(result)
                + without(
                        result,
                        result.errorCode() == null || codes.contains(result.errorCode()),
                        "an error of " + codes);
    }

    private static String without(ResultRecord result, boolean holds, String what) {
        return holds ? "" : " " + result.status() + " must have " + what + ";";
    }
}
