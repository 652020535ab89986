package io.millrace.auditor;

import io.millrace.schema.agent.AgentResult;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an audit of calls found. */
public final class CallAuditReport {

    /**
     * How much there was.
     *
     * @param calls records on the topic of calls
     * @param accepted calls that are to have a result
     * @param duplicates calls dropped because their key was known
     * @param cached results that are another call's answer
     * @param attempts that have an outcome
     * @param redelivered records that came again under the same id after a crash, on all topics the job writes
     * @param deadLetters records on the dead-letter topics
     */
    public record Counts(
            long calls,
            long accepted,
            long duplicates,
            long cached,
            long attempts,
            long redelivered,
            long deadLetters) {

        private Counts and(Counts other) {
            return new Counts(
                    calls + other.calls,
                    accepted + other.accepted,
                    duplicates + other.duplicates,
                    cached + other.cached,
                    attempts + other.attempts,
                    redelivered + other.redelivered,
                    deadLetters + other.deadLetters);
        }
    }

    private final Counts counts;
    private final Map<AgentResult.Status, Long> results;
    private final Spending spending;
    private final Map<OffenceKind, Long> offenceCounts;
    private final List<Offence> offences;

    /** @param offences the first of each kind, but for those that {@code spending} shows */
    CallAuditReport(
            Counts counts,
            Map<AgentResult.Status, Long> results,
            Spending spending,
            Map<OffenceKind, Long> offenceCounts,
            List<Offence> offences) {
        this.counts = counts;
        this.results = new EnumMap<>(AgentResult.Status.class);
        this.results.putAll(results);
        this.spending = spending;
        this.offenceCounts = new EnumMap<>(OffenceKind.class);
        this.offenceCounts.putAll(offenceCounts);
        this.offences = List.copyOf(offences);
    }

    public Counts counts() {
        return counts;
    }

    /** How many calls ended so; of several results of one call the first counts. */
    public long results(AgentResult.Status status) {
        return results.getOrDefault(status, 0L);
    }

    public long results() {
        return results.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What all attempts cost, millionths of the currency. */
    public long costMicros() {
        return spending.micros();
    }

    /** Whether every promise was kept. */
    public boolean isClean() {
        return offenceCounts.isEmpty() && spending.offences().isEmpty();
    }

    /** How many offences of that kind there are. */
    public long count(OffenceKind kind) {
        return offenceCounts.getOrDefault(kind, 0L)
                + spending.offences().stream()
                        .filter(offence -> offence.kind() == kind)
                        .count();
    }

    /** The first of each kind. */
    public List<Offence> offences() {
        return Stream.concat(offences.stream(), spending.offences().stream()).toList();
    }

    /** The report of two shares of the calls together. */
    CallAuditReport and(CallAuditReport other) {
        Map<AgentResult.Status, Long> bothResults = new EnumMap<>(results);
        other.results.forEach((status, count) -> bothResults.merge(status, count, Long::sum));
        Map<OffenceKind, Long> bothCounts = new EnumMap<>(offenceCounts);
        other.offenceCounts.forEach((kind, count) -> bothCounts.merge(kind, count, Long::sum));
        return new CallAuditReport(
                counts.and(other.counts),
                bothResults,
                spending.and(other.spending),
                bothCounts,
                Stream.concat(offences.stream(), other.offences.stream()).toList());
    }

    /** Several lines for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append("%s: %d calls of agents (%d accepted, %d duplicates), %d results%s, %d from the cache%n"
                .formatted(
                        isClean() ? "Clean" : "NOT CLEAN",
                        counts.calls,
                        counts.accepted,
                        counts.duplicates,
                        results(),
                        results.isEmpty() ? "" : " " + byStatus(),
                        counts.cached));
        text.append("%d attempts, cost %d millionths, %d dead letters, %d records redelivered%n"
                .formatted(counts.attempts, costMicros(), counts.deadLetters, counts.redelivered));
        List<Offence> all = offences();
        for (OffenceKind kind : OffenceKind.values()) {
            if (count(kind) > 0) {
                text.append("%s: %d%n".formatted(kind, count(kind)));
                all.stream().filter(offence -> offence.kind() == kind).forEach(offence -> text.append("  ")
                        .append(offence.subject())
                        .append(": ")
                        .append(offence.detail())
                        .append(System.lineSeparator()));
            }
        }
        return text.toString().stripTrailing();
    }

    private String byStatus() {
        return results.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
