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

/**
 * How one job is doing.
 *
 * @param state {@code NOT DEPLOYED} when the cluster does not know the job
 * @param uptime null unless it runs
 * @param checkpointAge null when there is no checkpoint yet
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
        long checkpointBytes,
        Long lag) {

    private static final String NOT_DEPLOYED = "NOT DEPLOYED";
    /** Flink's metric of a source. */
    private static final String PENDING_RECORDS = "pendingRecords";

    /** Every job of Millrace, then what else the cluster runs. @param topics null when Kafka cannot be asked */
    static List<JobReport> all(FlinkRest flink, TopicOverview topics) {
        List<JobReport> reports = new ArrayList<>();
        List<JobOverview> running = new ArrayList<>(flink.jobs());
        running.removeIf(JobOverview::isEnded);
        for (LocalJob job : JobLookup.expected(flink)) {
            Optional<JobOverview> deployed = JobLookup.find(flink, job);
            Long lag = topics == null ? null : known(topics.lag(job.consumerGroup(), job.inputs()));
            reports.add(
                    deployed.isPresent()
                            ? of(flink, job.name(), deployed.get(), lag)
                            : new JobReport(
                                    job.name(), job.name(), job.jobId(), NOT_DEPLOYED, null, 0, 0, 0, null, 0, lag));
            deployed.ifPresent(found -> running.removeIf(other -> other.id().equals(found.id())));
        }
        for (JobOverview other : running) {
            reports.add(of(flink, other.name(), other, null));
        }
        return reports;
    }

    private static JobReport of(FlinkRest flink, String job, JobOverview found, Long uncommitted) {
        CheckpointSummary checkpoints = flink.checkpoints(found.id());
        Instant now = Instant.now();
        return new JobReport(
                job,
                found.name(),
                found.id(),
                found.state(),
                found.isEnded() ? null : Duration.between(found.start(), now),
                found.isEnded() ? 0 : flink.restarts(found.id()),
                checkpoints.completed(),
                checkpoints.failed(),
                checkpoints.lastAt() == null ? null : Duration.between(checkpoints.lastAt(), now),
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

    boolean isRunning() {
        return state.equals("RUNNING");
    }

    /** Ages in whole milliseconds. */
    ObjectNode json() {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("job", job).put("name", name).put("id", id).put("state", state);
        out.put("uptime_ms", uptime == null ? null : uptime.toMillis());
        out.put("restarts", restarts);
        out.put("checkpoints_completed", checkpoints).put("checkpoints_failed", failedCheckpoints);
        out.put("checkpoint_age_ms", checkpointAge == null ? null : checkpointAge.toMillis());
        return out.put("checkpoint_bytes", checkpointBytes).put("lag", lag);
    }

    static List<String> table(List<JobReport> reports) {
        Table table = new Table().row("job", "state", "up", "restarts", "checkpoint", "size", "lag");
        for (JobReport report : reports) {
            table.row(
                    report.job,
                    report.state,
                    report.uptime == null ? "–" : Figures.time(report.uptime),
                    Figures.count(report.restarts),
                    report.checkpointAge == null ? "–" : Figures.time(report.checkpointAge) + " ago",
                    report.checkpointAge == null ? "–" : Figures.bytes(report.checkpointBytes),
                    report.lag == null ? "–" : Figures.count(report.lag));
        }
        return table.lines();
    }
}
