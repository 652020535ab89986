package io.millrace.testing.flink;

import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.JobOverview;
import io.millrace.testing.Await;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Waits until jobs are as a test needs them. All methods throw {@link AssertionError} when the time is up, or at once
 * when the job has ended otherwise, with its state and why it failed last.
 */
public final class JobWaits {
    private final FlinkRest rest;

    public JobWaits(FlinkRest rest) {
        this.rest = rest;
    }

    /** Waits until every task of the job runs, with its state restored. */
    public void awaitRunning(String jobId, Duration limit) {
        Await.until("job " + jobId + " to run", limit, () -> describe(jobId), () -> {
            JobOverview job = job(jobId);
            if (job.isEnded()) {
                throw new AssertionError(describe(jobId));
            }
            return job.isFullyRunning();
        });
    }

    /** Waits until the job is in that state, by Flink's own name. */
    public void awaitState(String jobId, String wanted, Duration limit) {
        Await.until("job " + jobId + " to be " + wanted, limit, () -> describe(jobId), () -> {
            JobOverview job = job(jobId);
            if (job.isEnded() && !job.state().equals(wanted)) {
                throw new AssertionError(describe(jobId) + ", not " + wanted);
            }
            return job.state().equals(wanted);
        });
    }

    /** Waits until the job has completed at least that many checkpoints since it was submitted. */
    public void awaitCheckpoints(String jobId, long completed, Duration limit) {
        Await.until(
                completed + " checkpoints of job " + jobId,
                limit,
                () -> describe(jobId) + ", " + rest.checkpoints(jobId),
                () -> rest.checkpoints(jobId).completed() >= completed);
    }

    /** Stops the job with a savepoint under {@code directory} and waits for its end; answers the savepoint's path. */
    public String stopWithSavepoint(String jobId, Path directory, Duration limit) {
        String savepoint = rest.stopWithSavepoint(jobId, directory.toUri().toString(), limit);
        awaitState(jobId, "FINISHED", limit);
        return savepoint;
    }

    /** Cancels the job and waits for its end. */
    public void cancel(String jobId, Duration limit) {
        rest.cancel(jobId);
        awaitState(jobId, "CANCELED", limit);
    }

    private JobOverview job(String jobId) {
        return rest.job(jobId).orElseThrow(() -> new AssertionError("there is no job " + jobId));
    }

    private String describe(String jobId) {
        return job(jobId) + rest.lastFailure(jobId).map(reason -> ": " + reason).orElse("");
    }
}
