package io.millrace.local.demo;

import io.millrace.local.platform.LocalJob;
import io.millrace.local.terminal.Figures;
import io.millrace.operations.flink.CheckpointSummary;
import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.FlinkRestException;
import io.millrace.operations.flink.JobOverview;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Finds out how the platform is doing, for the one line that says it. Not thread-safe. */
public final class LiveLine {

    /**
     * How it is at one moment.
     *
     * @param duplicates events dropped since the job's start; null when not known
     * @param checkpoint the oldest of the last ones of each job; null when there is none
     * @param down jobs that do not run
     */
    public record Status(TopicWatch.Numbers numbers, Long duplicates, Instant checkpoint, List<LocalJob> down) {

        public Status {
            down = List.copyOf(down);
        }

        /** One line for people. */
        public String text(Instant now) {
            StringBuilder line = new StringBuilder()
                    .append(numbers.stale() ? "numbers are old, the log says why · " : "")
                    .append("events ")
                    .append(Figures.count(numbers.events()))
                    .append(" · reminders ")
                    .append(Figures.count(numbers.reminders()))
                    .append(" · late p50 ")
                    .append(lateness(numbers.p50()))
                    .append(" p99 ")
                    .append(lateness(numbers.p99()));
            if (numbers.caughtUp() > 0) {
                line.append(" · sent late ").append(Figures.count(numbers.caughtUp()));
            }
            if (numbers.digests() > 0) {
                line.append(" · digests ").append(Figures.count(numbers.digests()));
            }
            if (numbers.runs() > 0) {
                line.append(" · runs ")
                        .append(Figures.count(numbers.runs()))
                        .append(" · ended ")
                        .append(Figures.count(numbers.runsEnded()));
            }
            if (numbers.answers() + numbers.handedOver() > 0) {
                line.append(" · customers answered ")
                        .append(Figures.count(numbers.answers()))
                        .append(" · handed over ")
                        .append(Figures.count(numbers.handedOver()));
            }
            line.append(" · calls ")
                    .append(Figures.count(numbers.calls()))
                    .append(" · answered ")
                    .append(Figures.count(numbers.answered()))
                    .append(" · cached ")
                    .append(Figures.count(numbers.cached()))
                    .append(" · duplicates dropped since the job's start ")
                    .append(duplicates == null ? "–" : Figures.count(duplicates))
                    .append(" · dead letters ")
                    .append(Figures.count(numbers.deadLetters()))
                    .append(" · checkpoint ")
                    .append(checkpoint == null ? "–" : Figures.time(Duration.between(checkpoint, now)) + " ago");
            down.forEach(job -> line.append(" · job ").append(job.name()).append(" is not running"));
            return line.toString();
        }

        private static String lateness(Duration value) {
            return value == null ? "–" : Figures.time(value);
        }
    }

    /** Metric of the tasks job: events dropped because their id was seen before. */
    private static final String DUPLICATES = "duplicates";

    /** Asking the cluster costs a few requests: not at every repaint. */
    private static final Duration REFRESH = Duration.ofSeconds(5);

    /** For one metric the cluster gathers those of all its tasks, ten thousand. */
    private static final Duration COUNT_AGAIN = Duration.ofSeconds(30);

    private final TopicWatch watch;
    private final FlinkRest flink;
    private final Supplier<List<LocalJob>> jobs;
    /** Last checkpoint of each job. */
    private final Map<LocalJob, Instant> checkpoints = new HashMap<>();

    private Instant refreshed = Instant.EPOCH;
    private Instant counted = Instant.EPOCH;
    private Long duplicates;
    private List<LocalJob> down;

    /** @param jobs that should run by now; of their last checkpoints the oldest is shown */
    public LiveLine(TopicWatch watch, FlinkRest flink, Supplier<List<LocalJob>> jobs) {
        this.watch = watch;
        this.flink = flink;
        this.jobs = jobs;
        this.down = jobs.get();
    }

    /** The numbers of now, and what the cluster last said. */
    public Status status(Instant now) {
        if (Duration.between(refreshed, now).compareTo(REFRESH) >= 0) {
            refresh(now);
            refreshed = now;
        }
        Instant oldest =
                checkpoints.values().stream().min(Comparator.naturalOrder()).orElse(null);
        return new Status(watch.numbers(), duplicates, oldest, down);
    }

    /** Asks the cluster now. What it does not answer keeps its last value. */
    public void refresh() {
        counted = Instant.EPOCH;
        refresh(Instant.now());
    }

    private void refresh(Instant now) {
        List<LocalJob> missing = new ArrayList<>();
        for (LocalJob job : jobs.get()) {
            if (!refresh(job, now)) {
                missing.add(job);
            }
        }
        down = missing;
    }

    /** @return whether it runs */
    private boolean refresh(LocalJob job, Instant now) {
        try {
            if (!flink.job(job.jobId()).map(JobOverview::isFullyRunning).orElse(false)) {
                return false;
            }
            CheckpointSummary summary = flink.checkpoints(job.jobId());
            if (summary.lastAt() != null) {
                checkpoints.put(job, summary.lastAt());
            }
            if (job.name().equals("tasks") && Duration.between(counted, now).compareTo(COUNT_AGAIN) >= 0) {
                counted = now;
                Long dropped =
                        flink.operatorSums(job.jobId(), List.of(DUPLICATES)).get(DUPLICATES);
                duplicates = dropped == null ? duplicates : dropped;
            }
            return true;
        } catch (FlinkRestException e) {
            return false;
        }
    }
}
