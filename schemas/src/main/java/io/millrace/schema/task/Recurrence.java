package io.millrace.schema.task;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;

/**
 * The {@code recurrence} of a task as its producer wrote it; syntax of the rule itself is checked by the logic module.
 *
 * @param kind which of {@code rule}, {@code cron} and {@code every} was given
 * @param expression its text: an RRULE value (RFC 5545 §3.3.10) without the {@code RRULE:} prefix, a five-field cron
 *     expression, or {@code daily}, {@code weekly}, {@code monthly}, {@code yearly}
 * @param dtstart local date-time the rule counts from; null for the task's due date
 * @param exdates local date-times left out; never null
 * @param rdates local date-times added; never null
 * @param next when the next occurrence is made
 * @param overlap what happens to open occurrences when the next one's moment comes
 * @param catchUp how late is still useful; null for the defaults in docs/tasks.md
 * @param dstGap what a local time means that does not exist
 * @param dstOverlap what a local time means that comes twice
 */
public record Recurrence(
        Kind kind,
        String expression,
        LocalDateTime dtstart,
        List<LocalDateTime> exdates,
        List<LocalDateTime> rdates,
        Next next,
        Overlap overlap,
        Duration catchUp,
        DstGap dstGap,
        DstOverlap dstOverlap) {

    // The order of the constants of each enum is part of the binary encoding: append only.

    public enum Kind {
        RULE,
        CRON,
        EVERY
    }

    public enum Next {
        ON_COMPLETION,
        ON_SCHEDULE
    }

    public enum Overlap {
        ALLOW,
        SKIP,
        REPLACE
    }

    public enum DstGap {
        SHIFT,
        SKIP
    }

    public enum DstOverlap {
        FIRST,
        SECOND
    }

    /** A rule with every option at its default. */
    public static Recurrence of(Kind kind, String expression) {
        return new Recurrence(
                kind,
                expression,
                null,
                List.of(),
                List.of(),
                Next.ON_COMPLETION,
                Overlap.ALLOW,
                null,
                DstGap.SHIFT,
                DstOverlap.FIRST);
    }
}
