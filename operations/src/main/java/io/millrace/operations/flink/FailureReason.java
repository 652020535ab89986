package io.millrace.operations.flink;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the line that matters in a stack trace: its innermost cause. */
final class FailureReason {

    private static final Pattern CAUSE = Pattern.compile("(?m)^\\s*Caused by: (.+)$");

    private FailureReason() {}

    /** @return the innermost cause, else the first line; empty for a blank text */
    static Optional<String> of(String stackTrace) {
        String reason = null;
        Matcher cause = CAUSE.matcher(stackTrace);
        while (cause.find()) {
            reason = cause.group(1);
        }
        if (reason != null) {
            return Optional.of(reason.strip());
        }
        return stackTrace.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst();
    }
}
