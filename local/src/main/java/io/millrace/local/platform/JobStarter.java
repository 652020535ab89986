package io.millrace.local.platform;

import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.FlinkRestException;
import io.millrace.operations.flink.JarRun;
import io.millrace.operations.flink.JobOverview;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Uploads a job's jar to a cluster and runs it from given state, and knows when it really runs. */
public final class JobStarter {

    private static final Logger LOG = LoggerFactory.getLogger(JobStarter.class);
    static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration END_LIMIT = Duration.ofMinutes(2);
    private static final Duration CLEANUP_LIMIT = Duration.ofSeconds(10);
    private static final int RESTARTS_BEFORE_GIVING_UP = 2;
    /** Flink's REST API tells how a job is only when asked; a start takes a second or more. */
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(50);

    private final FlinkRest flink;

    public JobStarter(FlinkRest flink) {
        this.flink = flink;
    }

    /**
     * Starts the job from the first of {@code candidates} it can be restored from.
     *
     * @param candidates newest first; when empty the job starts without state
     * @return what it was restored from; empty when it started without state
     * @throws PlatformException when it starts from none of them. It is never started without state instead: pending
     *     reminders would be lost
     */
    public Optional<Checkpoints.Candidate> resume(
            Path jar, String entryClass, List<String> arguments, String jobId, List<Checkpoints.Candidate> candidates) {
        JarRun run = JarRun.of(entryClass, arguments).as(jobId);
        if (candidates.isEmpty()) {
            start(jar, run);
            return Optional.empty();
        }
        PlatformException failure = null;
        for (Checkpoints.Candidate candidate : candidates) {
            String from = candidate.directory().toUri().toString();
            try {
                start(jar, candidate.savepoint() ? run.from(from) : run.claiming(from));
                Checkpoints.setAside(candidates.subList(0, candidates.indexOf(candidate)));
                return Optional.of(candidate);
            } catch (PlatformException e) {
                LOG.warn("The job {} does not start from {}: {}", entryClass, candidate.directory(), e.getMessage());
                failure = failure == null ? e : failure;
            }
        }
        throw new PlatformException(
                failure.getMessage() + "; none of the " + candidates.size() + " checkpoints can be restored, newest "
                        + candidates.get(0).directory(),
                failure);
    }

    /**
     * Uploads the jar, runs it and returns when every task runs with its state restored.
     *
     * @return the id of the job
     * @throws PlatformException when it does not come up; it is not running then
     */
    public String start(Path jar, JarRun run) {
        if (!Files.isRegularFile(jar)) {
            throw new PlatformException("the jar " + jar + " is missing; build it with: mvn package");
        }
        try {
            String jarId = flink.uploadJar(jar);
            try {
                String jobId = submit(jarId, run);
                awaitRunning(jobId, run);
                return jobId;
            } finally {
                flink.deleteJar(jarId);
            }
        } catch (FlinkRestException e) {
            throw new PlatformException(
                    "the job " + run.entryClass() + from(run) + " does not start: " + e.getMessage(), e);
        }
    }

    private String submit(String jarId, JarRun run) {
        // The handler of jars does not look at the cluster's own default.
        JarRun complete = run.parallelism() == null ? run.parallelism(defaultParallelism()) : run;
        long deadline = System.nanoTime() + CLEANUP_LIMIT.toNanos();
        while (true) {
            try {
                return flink.runJar(jarId, complete);
            } catch (FlinkRestException e) {
                // A job that has ended is listed as such a little before its id is free.
                if (!e.getMessage().contains("already been submitted") || System.nanoTime() > deadline) {
                    throw e;
                }
                pause();
            }
        }
    }

    private Integer defaultParallelism() {
        return flink.setting("parallelism.default").map(Integer::valueOf).orElse(null);
    }

    private void awaitRunning(String jobId, JarRun run) {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<JobOverview> job = flink.job(jobId);
            if (job.isPresent() && job.get().isFullyRunning()) {
                return;
            }
            boolean ended = job.isPresent() && job.get().isEnded();
            if (ended || isFailing(jobId, job)) {
                String reason = flink.lastFailure(jobId).orElse("no reason given");
                if (!ended) {
                    end(jobId);
                }
                throw new PlatformException("the job " + run.entryClass() + from(run) + " does not start: " + reason);
            }
            pause();
        }
        end(jobId);
        throw new PlatformException(
                "the job " + run.entryClass() + from(run) + " did not start within " + START_LIMIT.toSeconds() + " s");
    }

    private boolean isFailing(String jobId, Optional<JobOverview> job) {
        boolean comingUp = job.isEmpty()
                || job.get().state().equals("INITIALIZING")
                || job.get().state().equals("CREATED");
        return !comingUp && flink.restarts(jobId) >= RESTARTS_BEFORE_GIVING_UP;
    }

    /** Cancels the job and returns when it has ended; its checkpoints stay. */
    public void end(String jobId) {
        flink.cancel(jobId);
        awaitEnded(jobId, END_LIMIT);
    }

    /** Returns when the job has ended; {@code limit} bounds the wait. */
    public void awaitEnded(String jobId, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!flink.job(jobId).map(JobOverview::isEnded).orElse(true)) {
            if (System.nanoTime() > deadline) {
                throw new PlatformException("the job " + jobId + " did not end within " + limit.toSeconds() + " s");
            }
            pause();
        }
    }

    private static String from(JarRun run) {
        return run.restoreFrom() == null ? "" : " from " + run.restoreFrom();
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN_AFTER.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("interrupted while waiting for a job", e);
        }
    }
}
