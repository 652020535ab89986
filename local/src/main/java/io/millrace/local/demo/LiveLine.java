package io.millrace.local.demo;

import io.millrace.local.platform.LocalJob;
import io.millrace.local.platform.LocalJobs;
import io.millrace.local.terminal.Figures;
import io.millrace.testing.flink.CheckpointSummary;
import io.millrace.testing.flink.FlinkRest;
import io.millrace.testing.flink.FlinkRestException;
import io.millrace.testing.flink.JobOverview;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The one line that says how the platform is doing. Not thread-safe. */
public final class LiveLine {

    /** Metric of the tasks job: events dropped because their id was seen before. */
    private static final String DUPLICATES = "duplicates";

    /** Asking the cluster costs a few requests: not at every repaint. */
    private static final Duration REFRESH = Duration.ofSeconds(2);

    private final TopicWatch watch;
    private final FlinkRest flink;
    private final List<LocalJob> jobs;
    /** Last checkpoint of each job. */
    private final Map<LocalJob, Instant> checkpoints = new HashMap<>();

    private Instant refreshed = Instant.EPOCH;
    private Long duplicates;
    private List<LocalJob> down;

    /** @param jobs whose checkpoints are shown, the oldest of their last ones */
    public LiveLine(TopicWatch watch, FlinkRest flink, List<LocalJob> jobs) {
        this.watch = watch;
        this.flink = flink;
        this.jobs = List.copyOf(jobs);
        this.down = this.jobs;
    }

    public String text(Instant now) {
        if (Duration.between(refreshed, now).compareTo(REFRESH) >= 0) {
            refresh();
            refreshed = now;
        }
        TopicWatch.Numbers n = watch.numbers();
        StringBuilder line = new StringBuilder()
                .append("events ")
                .append(Figures.count(n.events()))
                .append(" · reminders ")
                .append(Figures.count(n.reminders()))
                .append(" · late p50 ")
                .append(lateness(n.p50()))
                .append(" p99 ")
                .append(lateness(n.p99()));
        if (n.caughtUp() > 0) {
            line.append(" · sent late ").append(Figures.count(n.caughtUp()));
        }
        line.append(" · calls ")
                .append(Figures.count(n.calls()))
                .append(" · answered ")
                .append(Figures.count(n.answered()))
                .append(" · cached ")
                .append(Figures.count(n.cached()));
        line.append(" · duplicates dropped since the job's start ")
                .append(duplicates == null ? "–" : Figures.count(duplicates))
                .append(" · dead letters ")
                .append(Figures.count(n.deadLetters()))
                .append(" · checkpoint ")
                .append(checkpointAge(now));
        down.forEach(job -> line.append(" · job ").append(job.command()).append(" is not running"));
        return line.toString();
    }

    private String checkpointAge(Instant now) {
        return checkpoints.values().stream()
                .min(Comparator.naturalOrder())
                .map(at -> Figures.time(Duration.between(at, now)) + " ago")
                .orElse("–");
    }

    /** Asks the cluster now. What it does not answer keeps its last value. */
    public void refresh() {
        List<LocalJob> missing = new ArrayList<>();
        for (LocalJob job : jobs) {
            if (!refresh(job)) {
                missing.add(job);
            }
        }
        down = missing;
    }

    /** @return whether it runs */
    private boolean refresh(LocalJob job) {
        try {
            if (!flink.job(job.jobId()).map(JobOverview::isFullyRunning).orElse(false)) {
                return false;
            }
            CheckpointSummary summary = flink.checkpoints(job.jobId());
            if (summary.lastAt() != null) {
                checkpoints.put(job, summary.lastAt());
            }
            if (job.equals(LocalJobs.TASKS)) {
                Long dropped =
                        flink.operatorSums(job.jobId(), List.of(DUPLICATES)).get(DUPLICATES);
                duplicates = dropped == null ? duplicates : dropped;
            }
            return true;
        } catch (FlinkRestException e) {
            return false;
        }
    }

    private static String lateness(Duration value) {
        return value == null ? "–" : Figures.time(value);
    }
}
