package io.millrace.chaos.task;

import io.millrace.auditor.AuditFeed;
import io.millrace.auditor.AuditReport;
import io.millrace.auditor.AuditSettings;
import io.millrace.chaos.workload.Act;
import io.millrace.chaos.workload.Publication;
import io.millrace.chaos.workload.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Has the auditor judge what an episode's users were sent. */
final class TaskJudge implements Act {
    /** A cancelling event counts when it was logged so long before the moment: what the job promises. */
    static final Duration TOLERANCE = Duration.ofMillis(500);

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** How long after the last moment of an episode the topics are judged. */
    private static final int SETTLE_MILLIS = 1_000;

    private final AuditFeed feed;
    private final List<Publication> publications;

    /** Begins to read now: before the first event of these users. */
    TaskJudge(String bootstrapServers, String userPrefix, List<Publication> publications) {
        this.publications = publications;
        feed = AuditFeed.fromNow(bootstrapServers, settings(Duration.ZERO).usersStartingWith(userPrefix));
    }

    static AuditSettings settings(Duration longestOutage) {
        AuditSettings.JobTimes defaults = AuditSettings.JobTimes.DEFAULT;
        AuditSettings.JobTimes job = new AuditSettings.JobTimes(
                TaskWorkload.UNKNOWN_TASK_WAIT, defaults.dedupWindow(), defaults.closedRetention(), defaults.catchUp());
        return AuditSettings.withCrashes(longestOutage)
                .within(GRACE, TOLERANCE)
                .of(job, AuditSettings.TopicNames.DEFAULT);
    }

    @Override
    public List<Publication> publications() {
        return publications;
    }

    /** What was due by the last moment of the episode. */
    @Override
    public Report judge(Instant start) {
        Instant until = start.plusMillis(TaskPlan.LAST_DUE + SETTLE_MILLIS);
        Instant end = Instant.now().plus(PATIENCE);
        AuditReport report;
        do {
            read();
            report = report(until);
        } while (!isFinal(report, until) && Instant.now().isBefore(end));
        return report(report);
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

    static Report report(AuditReport found) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("events", found.events());
        counts.put("reminders", found.reminders());
        counts.put("updates", found.updates());
        counts.put("occurrences", found.occurrences());
        counts.put("dead_letters", found.deadLetters());
        counts.put("duplicates", found.duplicates());
        counts.put("lateness_p50_ms", found.lateness().p50());
        counts.put("lateness_p99_ms", found.lateness().p99());
        counts.put("lateness_max_ms", found.lateness().max());
        return new Report(
                "%d events, %d reminders".formatted(found.events(), found.reminders()),
                found.toString(),
                outage(found),
                found.redelivered(),
                counts,
                found.offenceCounts());
    }

    private static Duration outage(AuditReport report) {
        return Duration.ofMillis(
                Math.max(report.slowestUpdate(), report.lateness().max()));
    }

    @Override
    public void close() {
        feed.close();
    }
}
