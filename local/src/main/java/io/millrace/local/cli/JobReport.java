package io.millrace.local.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.platform.LocalJob;
import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Table;
import io.millrace.local.topic.TopicOverview;
import io.millrace.operations.flink.CheckpointSummary;
import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.JobOverview;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.util.TimeUtils;

/**
 * How one job is doing.
 *
 * @param state {@code NOT DEPLOYED} when the cluster does not know the job
 * @param uptime null unless it runs
 * @param checkpointAge null when there is no checkpoint yet
 * @param overdue whether it runs, and should have completed another checkpoint long since: what it does is not safe
 * @param lag records still to be read: as the job's source says while it runs, else those its consumer group has not
 *     committed; null when neither is known
 */
record JobReport(
        String job,
        String name,
        String id,
        String state,
        Duration uptime,
        long restarts,
        long checkpoints,
        long failedCheckpoints,
        Duration checkpointAge,
        boolean overdue,
        long checkpointBytes,
        Long lag) {

    private static final String NOT_DEPLOYED = "NOT DEPLOYED";
    private static final String CHECKPOINTING_INTERVAL = "execution.checkpointing.interval";
    /** One that takes longer is slow for any state there is here. */
    private static final Duration SLOW_CHECKPOINT = Duration.ofMinutes(1);

    /** Flink's metric of a source. */
    private static final String PENDING_RECORDS = "pendingRecords";

    /** Every job of Millrace, then what else the cluster runs. @param topics null when Kafka cannot be asked */
    static List<JobReport> all(FlinkRest flink, TopicOverview topics) {
        List<JobReport> reports = new ArrayList<>();
        List<JobOverview> running = new ArrayList<>(flink.jobs());
        running.removeIf(JobOverview::isEnded);
        Duration longest = longest(flink);
        for (LocalJob job : JobLookup.expected(flink)) {
            Optional<JobOverview> deployed = JobLookup.find(flink, job);
            Long lag = topics == null ? null : known(topics.lag(job.consumerGroup(), job.inputs()));
            reports.add(
                    deployed.isPresent()
                            ? of(flink, job.name(), deployed.get(), lag, longest)
                            : new JobReport(
                                    job.name(),
                                    job.name(),
                                    job.jobId(),
                                    NOT_DEPLOYED,
                                    null,
                                    0,
                                    0,
                                    0,
                                    null,
                                    false,
                                    0,
                                    lag));
            deployed.ifPresent(found -> running.removeIf(other -> other.id().equals(found.id())));
        }
        for (JobOverview other : running) {
            reports.add(of(flink, other.name(), other, null, longest));
        }
        return reports;
    }

    private static JobReport of(FlinkRest flink, String job, JobOverview found, Long uncommitted, Duration longest) {
        CheckpointSummary checkpoints = flink.checkpoints(found.id());
        Instant now = Instant.now();
        Duration age = checkpoints.lastAt() == null ? null : Duration.between(checkpoints.lastAt(), now);
        Duration since = age == null ? Duration.between(found.start(), now) : age;
        return new JobReport(
                job,
                found.name(),
                found.id(),
                found.state(),
                found.isEnded() ? null : Duration.between(found.start(), now),
                found.isEnded() ? 0 : flink.restarts(found.id()),
                checkpoints.completed(),
                checkpoints.failed(),
                age,
                !found.isEnded() && since.compareTo(longest) > 0,
                checkpoints.lastBytes(),
                lag(flink, found, uncommitted));
    }

    /** A job commits with its checkpoints only, so that what is not committed rises in between though all is read. */
    private static Long lag(FlinkRest flink, JobOverview job, Long uncommitted) {
        Long pending = job.isFullyRunning()
                ? flink.operatorSums(job.id(), List.of(PENDING_RECORDS)).get(PENDING_RECORDS)
                : null;
        return pending != null ? pending : uncommitted;
    }

    private static Long known(long lag) {
        return lag < 0 ? null : lag;
    }

    /** For how long a job may go without a checkpoint. */
    private static Duration longest(FlinkRest flink) {
        Duration interval = flink.setting(CHECKPOINTING_INTERVAL)
                .map(TimeUtils::parseDuration)
                .orElse(Duration.ZERO);
        return SLOW_CHECKPOINT.plus(interval.multipliedBy(3));
    }

    boolean isWell() {
        return state.equals("RUNNING") && !overdue;
    }

    /** Ages in whole milliseconds. */
    ObjectNode json() {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("job", job).put("name", name).put("id", id).put("state", state);
        out.put("uptime_ms", uptime == null ? null : uptime.toMillis());
        out.put("restarts", restarts);
        out.put("checkpoints_completed", checkpoints).put("checkpoints_failed", failedCheckpoints);
        out.put("checkpoint_age_ms", checkpointAge == null ? null : checkpointAge.toMillis());
        out.put("checkpoint_overdue", overdue);
        return out.put("checkpoint_bytes", checkpointBytes).put("lag", lag);
    }

    private static String checkpoint(JobReport report) {
        String age = report.checkpointAge == null ? "–" : Figures.time(report.checkpointAge) + " ago";
        return report.overdue ? age + ", OVERDUE" : age;
    }

    static List<String> table(List<JobReport> reports) {
        Table table = new Table().row("job", "state", "up", "restarts", "checkpoint", "size", "lag");
        for (JobReport report : reports) {
            table.row(
                    report.job,
                    report.state,
                    report.uptime == null ? "–" : Figures.time(report.uptime),
                    Figures.count(report.restarts),
                    checkpoint(report),
                    report.checkpointAge == null ? "–" : Figures.bytes(report.checkpointBytes),
                    report.lag == null ? "–" : Figures.count(report.lag));
        }
        return table.lines();
    }
}
