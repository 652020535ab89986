package io.millrace.testing.audit;

import java.util.List;
import java.util.Map;

/**
 * What an audit found.
 *
 * @param events records on the topic of events, announced occurrences among them
 * @param accepted events that took effect, or that the job accepted without effect
 * @param duplicates events dropped because their id was known
 * @param occurrences occurrences of recurring tasks that the job announced
 * @param reminders records on the topic of reminders
 * @param updates records on the topic of updates
 * @param redelivered records that came again under the same id after a crash, on all topics the job writes
 * @param deadLetters records on the dead-letter topic
 * @param lateness of the reminders not marked late
 * @param offenceCounts how many there are of each kind; a kind without any is absent
 * @param offences the first of each kind
 */
public record AuditReport(
        long events,
        long accepted,
        long duplicates,
        long occurrences,
        long reminders,
        long updates,
        long redelivered,
        long deadLetters,
        Lateness lateness,
        Map<OffenceKind, Long> offenceCounts,
        List<Offence> offences) {

    /**
     * How long after its moment a reminder was in the log, by the broker's clock; milliseconds, negative when early.
     *
     * @param measured how many reminders that is over; the others are 0 when it is 0
     */
    public record Lateness(long measured, long p50, long p99, long max) {}

    public AuditReport {
        offenceCounts = Map.copyOf(offenceCounts);
        offences = List.copyOf(offences);
    }

    /** Whether every promise was kept. */
    public boolean isClean() {
        return offenceCounts.isEmpty();
    }

    /** How many offences of that kind there are. */
    public long count(OffenceKind kind) {
        return offenceCounts.getOrDefault(kind, 0L);
    }

    /** Several lines for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append("%s: %d events (%d accepted, %d duplicates, %d announced occurrences), %d updates%n"
                .formatted(isClean() ? "Clean" : "NOT CLEAN", events, accepted, duplicates, occurrences, updates));
        text.append("%d reminders, %d dead letters, %d records redelivered%n"
                .formatted(reminders, deadLetters, redelivered));
        text.append("lateness of %d reminders: p50 %d ms, p99 %d ms, max %d ms%n"
                .formatted(lateness.measured, lateness.p50, lateness.p99, lateness.max));
        for (OffenceKind kind : OffenceKind.values()) {
            if (count(kind) > 0) {
                text.append("%s: %d%n".formatted(kind, count(kind)));
                offences.stream().filter(offence -> offence.kind() == kind).forEach(offence -> text.append("  ")
                        .append(offence.subject())
                        .append(": ")
                        .append(offence.detail())
                        .append(System.lineSeparator()));
            }
        }
        return text.toString().stripTrailing();
    }
}
