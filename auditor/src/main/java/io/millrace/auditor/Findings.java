package io.millrace.auditor;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What an audit has counted and found so far. */
final class Findings {
    final AuditSettings settings;
    final long now;

    long accepted;
    long duplicates;
    long redelivered;
    long occurrences;
    long slowestUpdate;

    private final Map<OffenceKind, Long> counts = new EnumMap<>(OffenceKind.class);
    private final Map<OffenceKind, List<Offence>> kept = new EnumMap<>(OffenceKind.class);
    private final NavigableMap<Long, Long> lateness = new TreeMap<>();

    /** @param now until when the topics were read, epoch milliseconds */
    Findings(AuditSettings settings, long now) {
        this.settings = settings;
        this.now = now;
    }

    void add(OffenceKind kind, String subject, String detail) {
        counts.merge(kind, 1L, Long::sum);
        List<Offence> offences = kept.computeIfAbsent(kind, k -> new ArrayList<>());
        if (offences.size() < settings.offencesKept()) {
            offences.add(new Offence(kind, subject, detail));
        }
    }

    /** A record that came again under the same id: to be expected after a crash, else an offence. */
    void again(OffenceKind kind, String subject, String detail) {
        if (settings.crashes()) {
            redelivered++;
        } else {
            add(kind, subject, detail + ", though nothing crashed");
        }
    }

    /** Whether what {@code cause} asked for at that log time should be there by now. */
    boolean isDue(long logTime) {
        return logTime + grace() < now;
    }

    long grace() {
        return settings.grace().toMillis();
    }

    long tolerance() {
        return settings.tolerance().toMillis();
    }

    /** How long after its moment a reminder that something then cancelled may be out or not, in milliseconds. */
    long slack() {
        return tolerance() + settings.longestOutage().toMillis();
    }

    void late(long millis) {
        lateness.merge(millis, 1L, Long::sum);
    }

    Map<OffenceKind, Long> counts() {
        return counts;
    }

    List<Offence> offences() {
        return kept.values().stream().flatMap(List::stream).toList();
    }

    AuditReport.Lateness lateness() {
        return new AuditReport.Lateness(lateness);
    }
}
