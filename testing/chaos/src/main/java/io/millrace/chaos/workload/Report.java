package io.millrace.chaos.workload;

import io.millrace.auditor.OffenceKind;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a judge found.
 *
 * @param headline how much there was, in a few words
 * @param text all of it, several lines for people
 * @param outage how long the slowest answer took, of those that nothing but the job could hold up
 * @param redelivered records that came again under the same id
 * @param counts how much there was, by name; in the order in which they are to be shown
 * @param offences how many there are of each kind; a kind without any is absent
 */
public record Report(
        String headline,
        String text,
        Duration outage,
        long redelivered,
        Map<String, Long> counts,
        Map<OffenceKind, Long> offences) {

    public Report {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        offences = Map.copyOf(offences);
    }

    /** Whether every promise was kept. */
    public boolean isClean() {
        return offences.isEmpty();
    }

    /** The text. */
    @Override
    public String toString() {
        return text;
    }
}
