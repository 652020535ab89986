package io.millrace.chaos;

import io.millrace.testing.audit.AuditFeed;
import io.millrace.testing.audit.AuditReport;
import io.millrace.testing.audit.AuditSettings;
import java.time.Duration;
import java.time.Instant;

/** Has the auditor judge what an episode's users were sent. */
final class Judge implements AutoCloseable {
    /** A cancelling event counts when it was logged so long before the moment: what the job promises. */
    static final Duration TOLERANCE = Duration.ofMillis(500);

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final AuditFeed feed;

    /** Begins to read now: before the first event of these users. */
    Judge(String bootstrapServers, String userPrefix) {
        feed = AuditFeed.fromNow(bootstrapServers, settings(Duration.ZERO).usersStartingWith(userPrefix));
    }

    static AuditSettings settings(Duration longestOutage) {
        AuditSettings.JobTimes defaults = AuditSettings.JobTimes.DEFAULT;
        AuditSettings.JobTimes job = new AuditSettings.JobTimes(
                JobOperator.UNKNOWN_TASK_WAIT, defaults.dedupWindow(), defaults.closedRetention(), defaults.catchUp());
        return AuditSettings.withCrashes(longestOutage)
                .within(GRACE, TOLERANCE)
                .of(job, AuditSettings.TopicNames.DEFAULT);
    }

    /**
     * Judges what was due by that moment; looks again for a while when something is not there, or not there yet.
     *
     * @return the first clean report, else the last one
     */
    AuditReport judge(Instant until) {
        Instant end = Instant.now().plus(PATIENCE);
        AuditReport report;
        do {
            read();
            report = report(until);
        } while (!isFinal(report, until) && Instant.now().isBefore(end));
        return report;
    }

    private static boolean isFinal(AuditReport report, Instant until) {
        return report.isClean() && Instant.now().isAfter(until);
    }

    private void read() {
        long end = System.nanoTime() + LOOK_EVERY.toNanos();
        while (System.nanoTime() < end) {
            feed.poll(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
    }

    /** The job was down, or behind, for as long as its slowest answer took. */
    private AuditReport report(Instant until) {
        Instant now = until.plus(GRACE);
        AuditReport first = feed.report(now, Duration.ZERO);
        return feed.report(now, outage(first));
    }

    static Duration outage(AuditReport report) {
        return Duration.ofMillis(
                Math.max(report.slowestUpdate(), report.lateness().max()));
    }

    @Override
    public void close() {
        feed.close();
    }
}
