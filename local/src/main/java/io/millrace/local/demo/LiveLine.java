package io.millrace.local.demo;

import io.millrace.local.platform.LocalJob;
import io.millrace.local.terminal.Figures;
import io.millrace.testing.flink.CheckpointSummary;
import io.millrace.testing.flink.FlinkRest;
import io.millrace.testing.flink.FlinkRestException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The one line that says how the platform is doing. Not thread-safe. */
public final class LiveLine {

    /** Metric of the tasks job: events dropped because their id was seen before. */
    private static final String DUPLICATES = "duplicates";

    /** Asking the cluster costs a few requests: not at every repaint. */
    private static final Duration REFRESH = Duration.ofSeconds(2);

    private final TopicWatch watch;
    private final FlinkRest flink;
    private final LocalJob job;
    private Instant refreshed = Instant.EPOCH;
    private Long duplicates;
    private Instant checkpointAt;
    private boolean running;

    /** @param job whose checkpoints and duplicates are shown */
    public LiveLine(TopicWatch watch, FlinkRest flink, LocalJob job) {
        this.watch = watch;
        this.flink = flink;
        this.job = job;
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
        line.append(" · duplicates dropped since the job's start ")
                .append(duplicates == null ? "–" : Figures.count(duplicates))
                .append(" · dead letters ")
                .append(Figures.count(n.deadLetters()))
                .append(" · checkpoint ")
                .append(checkpointAt == null ? "–" : Figures.time(Duration.between(checkpointAt, now)) + " ago");
        return running ? line.toString() : line + " · job " + job.command() + " is not running";
    }

    /** Asks the cluster now. What it does not answer keeps its last value. */
    public void refresh() {
        try {
            running = flink.job(job.jobId()).map(j -> j.isFullyRunning()).orElse(false);
            if (running) {
                CheckpointSummary checkpoints = flink.checkpoints(job.jobId());
                checkpointAt = checkpoints.lastAt() == null ? checkpointAt : checkpoints.lastAt();
                Long dropped =
                        flink.operatorSums(job.jobId(), List.of(DUPLICATES)).get(DUPLICATES);
                duplicates = dropped == null ? duplicates : dropped;
            }
        } catch (FlinkRestException e) {
            running = false;
        }
    }

    private static String lateness(Duration value) {
        return value == null ? "–" : Figures.time(value);
    }
}
