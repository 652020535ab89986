package io.millrace.chaos.agent;

import io.millrace.auditor.CallAuditReport;
import io.millrace.auditor.Offence;
import io.millrace.auditor.OffenceKind;
import io.millrace.chaos.workload.Report;
import io.millrace.schema.agent.AgentResult;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts together what the auditor found and what the agents' own record shows. */
final class CallReports {
    private static final int OFFENCES_SHOWN = 20;

    private final CallAuditReport audited;
    private final Duration outage;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<OffenceKind, Long> offences = new EnumMap<>(OffenceKind.class);

    CallReports(CallAuditReport audited, Duration outage) {
        this.audited = audited;
        this.outage = outage;
        text.append(audited);
        counts.put("calls", audited.counts().calls());
        counts.put("accepted", audited.counts().accepted());
        counts.put("duplicates", audited.counts().duplicates());
        for (AgentResult.Status status : AgentResult.Status.values()) {
            counts.put(status.name().toLowerCase(Locale.ROOT), audited.results(status));
        }
        counts.put("cached", audited.counts().cached());
        counts.put("attempts", audited.counts().attempts());
        counts.put("cost_micros", audited.costMicros());
        counts.put("dead_letters", audited.counts().deadLetters());
        for (OffenceKind kind : OffenceKind.values()) {
            if (audited.count(kind) > 0) {
                offences.put(kind, audited.count(kind));
            }
        }
    }

    /** Adds what the agents were asked. */
    CallReports with(AskCheck check, SeenRecords seen) {
        List<Offence> found = check.offences(seen.answers(), seen.costs());
        found.forEach(offence -> offences.merge(offence.kind(), 1L, Long::sum));
        counts.put("asked", check.asked());
        counts.put("asked_again", check.repeated());
        counts.put("unknown_tokens", check.unknownTokens(seen.costs()));
        text.append("%nagents were asked %d times, %d of them again%n".formatted(check.asked(), check.repeated()));
        found.stream().limit(OFFENCES_SHOWN).forEach(offence -> text.append(offence)
                .append(System.lineSeparator()));
        return this;
    }

    Report report() {
        String asked = counts.containsKey("asked")
                ? ", agents asked %d times (%d again)".formatted(counts.get("asked"), counts.get("asked_again"))
                : "";
        return new Report(
                "%d calls, %d results%s".formatted(audited.counts().calls(), audited.results(), asked),
                text.toString().stripTrailing(),
                outage,
                audited.counts().redelivered(),
                counts,
                offences);
    }
}
