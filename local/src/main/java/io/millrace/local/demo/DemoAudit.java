package io.millrace.local.demo;

import io.millrace.auditor.AuditFeed;
import io.millrace.auditor.AuditReport;
import io.millrace.auditor.AuditSettings;
import io.millrace.auditor.CallAuditFeed;
import io.millrace.auditor.CallAuditReport;
import io.millrace.auditor.CallAuditSettings;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Has the auditors judge the topics, giving the jobs a little time to finish what they have read last. */
public final class DemoAudit {

    /** How long after its moment a reminder may be missing, or after its deadline a result. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration READING_LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(500);

    private DemoAudit() {}

    /**
     * Audits the tasks job.
     *
     * @param interrupted since when the job may have been down, on and off; null when it ran all the time. Records may
     *     come again then
     * @return the first clean report, else the last one when patience is at its end
     */
    public static AuditReport tasks(KafkaConnection kafka, Instant interrupted) {
        Instant end = Instant.now().plus(PATIENCE);
        try (AuditFeed feed = new AuditFeed(kafka.bootstrapServers(), settings(interrupted))) {
            AuditReport report = feed.audit(READING_LIMIT);
            while (!report.isClean() && Instant.now().isBefore(end)) {
                feed.poll(POLL);
                report = feed.audit(READING_LIMIT);
            }
            return report;
        }
    }

    /** Audits the agents job likewise, with the results on all topics that a call may name. */
    public static CallAuditReport calls(KafkaConnection kafka, Instant interrupted) {
        Instant end = Instant.now().plus(PATIENCE);
        List<String> results = kafka.topics().stream()
                .filter(topic -> topic.equals(Topics.AGENT_RESULTS)
                        || topic.startsWith(Topics.AGENT_RESULTS + "-")
                        || topic.equals(Topics.WORKFLOW_INBOX))
                .toList();
        CallAuditSettings settings = CallAuditSettings.of(settings(interrupted)).results(results);
        try (CallAuditFeed feed = new CallAuditFeed(kafka.bootstrapServers(), settings)) {
            CallAuditReport report = feed.audit(READING_LIMIT);
            while (!report.isClean() && Instant.now().isBefore(end)) {
                feed.poll(POLL);
                report = feed.audit(READING_LIMIT);
            }
            return report;
        }
    }

    private static AuditSettings settings(Instant interrupted) {
        AuditSettings base = interrupted == null
                ? AuditSettings.crashFree()
                : AuditSettings.withCrashes(Duration.between(interrupted, Instant.now()));
        return base.within(GRACE, base.tolerance());
    }
}
