package io.millrace.auditor;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

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
 * @param slowestUpdate the longest time from an event to its update, both by the broker's clock; milliseconds
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
        long slowestUpdate,
        Map<OffenceKind, Long> offenceCounts,
        List<Offence> offences) {

    /**
     * How long after its moment a reminder was in the log, by the broker's clock; milliseconds, negative when early.
     *
     * @param counts how many reminders were how late
     */
    public record Lateness(NavigableMap<Long, Long> counts) {

        public Lateness {
            counts = Collections.unmodifiableNavigableMap(new TreeMap<>(counts));
        }

        /** How many reminders that is over; the figures are 0 when it is 0. */
        public long measured() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }

        public long p50() {
            return rank(0.50);
        }

        public long p99() {
            return rank(0.99);
        }

        public long max() {
            return counts.isEmpty() ? 0 : counts.lastKey();
        }

        /** Nearest rank. */
        private long rank(double share) {
            long left = (long) Math.ceil(share * measured());
            for (Map.Entry<Long, Long> each : counts.entrySet()) {
                left -= each.getValue();
                if (left <= 0) {
                    return each.getKey();
                }
            }
            return 0;
        }

        private Lateness and(Lateness other) {
            NavigableMap<Long, Long> sum = new TreeMap<>(counts);
            other.counts.forEach((millis, count) -> sum.merge(millis, count, Long::sum));
            return new Lateness(sum);
        }
    }

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

    /** The report of two shares of the users together. */
    AuditReport and(AuditReport other) {
        Map<OffenceKind, Long> sum = new EnumMap<>(OffenceKind.class);
        sum.putAll(offenceCounts);
        other.offenceCounts.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
        return new AuditReport(
                events + other.events,
                accepted + other.accepted,
                duplicates + other.duplicates,
                occurrences + other.occurrences,
                reminders + other.reminders,
                updates + other.updates,
                redelivered + other.redelivered,
                deadLetters + other.deadLetters,
                lateness.and(other.lateness),
                Math.max(slowestUpdate, other.slowestUpdate),
                sum,
                Stream.concat(offences.stream(), other.offences.stream()).toList());
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
                .formatted(lateness.measured(), lateness.p50(), lateness.p99(), lateness.max()));
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
