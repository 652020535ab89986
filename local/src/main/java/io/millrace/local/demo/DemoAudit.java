package io.millrace.local.demo;

import io.millrace.testing.audit.AuditFeed;
import io.millrace.testing.audit.AuditReport;
import io.millrace.testing.audit.AuditSettings;
import java.time.Duration;
import java.time.Instant;

/** Has the auditor judge the task topics, giving the job a little time to finish what it has read last. */
public final class DemoAudit {

    /** How long after its moment a reminder may be missing. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration READING_LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(500);

    private DemoAudit() {}

    /**
     * @param interrupted since when the job may have been down, on and off; null when it ran all the time. Records may come
     *     again then
     * @return the first clean report, else the last one when patience is at its end
     */
    public static AuditReport run(String kafka, Instant interrupted) {
        AuditSettings base = interrupted == null
                ? AuditSettings.crashFree()
                : AuditSettings.withCrashes(Duration.between(interrupted, Instant.now()));
        AuditSettings settings = base.within(GRACE, base.tolerance());
        Instant end = Instant.now().plus(PATIENCE);
        try (AuditFeed feed = new AuditFeed(kafka, settings)) {
            AuditReport report = feed.audit(READING_LIMIT);
            while (!report.isClean() && Instant.now().isBefore(end)) {
                feed.poll(POLL);
                report = feed.audit(READING_LIMIT);
            }
            return report;
        }
    }
}
