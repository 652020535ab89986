package io.millrace.chaos;

import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.FlinkRestException;
import io.millrace.operations.flink.JarRun;
import io.millrace.operations.flink.JobOverview;
import io.millrace.testing.flink.JobWaits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Who runs the job: starts it, stops it with a savepoint, and when it is gone starts it from the newest checkpoint or
 * savepoint, as one does without high availability. Does one thing at a time.
 */
final class JobOperator {
    private static final Duration SAVEPOINT_LIMIT = Duration.ofSeconds(60);
    private static final Duration RUN_LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Cluster cluster;
    private final FlinkRest rest;
    private final JobWaits waits;
    private final Path jar;
    private final List<String> arguments;
    private final Path savepoints;
    private int parallelism = 2;
    private String job;

    /** @param arguments of the job, besides Kafka's address */
    JobOperator(Cluster cluster, Path jar, List<String> arguments, Path savepoints) {
        this.cluster = cluster;
        this.rest = cluster.flink().rest();
        this.waits = new JobWaits(rest);
        this.jar = jar;
        this.arguments = Stream.concat(
                        Stream.of("--kafka.bootstrap-servers", cluster.broker().bootstrapServers()), arguments.stream())
                .toList();
        this.savepoints = savepoints;
    }

    /** Starts the job where nothing of it was before. */
    synchronized void startNew() {
        submit(null);
        waits.awaitCheckpoints(job, 1, RUN_LIMIT);
    }

    /**
     * Stops the job with a savepoint, does something else, and starts it from there with that parallelism. When
     * stopping fails, because of other faults, the job is left as it is.
     */
    synchronized void restart(int parallelism, Runnable meanwhile, Duration limit) {
        try {
            waits.stopWithSavepoint(job, savepoints, SAVEPOINT_LIMIT);
        } catch (FlinkRestException | AssertionError e) {
            meanwhile.run();
            repair(limit);
            return;
        }
        this.parallelism = parallelism;
        meanwhile.run();
        repair(limit);
    }

    /**
     * Returns when the job runs, which it is helped to where it does not by itself.
     *
     * @throws IllegalStateException when it does not within the limit
     */
    synchronized void repair(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        Throwable last = null;
        while (System.nanoTime() < deadline) {
            try {
                if (isGone()) {
                    resubmit();
                } else {
                    waits.awaitRunning(job, RUN_LIMIT);
                }
                return;
            } catch (FlinkRestException | IllegalStateException | AssertionError e) {
                last = e;
                pause();
            }
        }
        throw new IllegalStateException("the job does not run within " + limit, last);
    }

    /** Returns when the job runs and has completed a checkpoint that began after this call. */
    synchronized void awaitCheckpoint(Duration limit) {
        long completed = rest.checkpoints(job).completed();
        // The next one may have begun before.
        waits.awaitCheckpoints(job, completed + 2, limit);
        waits.awaitRunning(job, limit);
        prune();
    }

    private boolean isGone() {
        return rest.job(job).map(JobOverview::isEnded).orElse(true);
    }

    /** From the newest that can be restored. */
    private void resubmit() {
        awaitFreeSlots();
        AssertionError last = null;
        for (Path candidate : candidates()) {
            try {
                submit(candidate);
                return;
            } catch (AssertionError e) {
                last = e;
            }
        }
        throw new IllegalStateException("nothing can be restored of " + candidates(), last);
    }

    /** The former attempt may still run where the JobManager is gone: two must not be there at once. */
    private void awaitFreeSlots() {
        long deadline = System.nanoTime() + RUN_LIMIT.toNanos();
        FlinkRest.Slots now = rest.slots();
        while (now.total() == 0 || now.free() < now.total()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the slots are not free: " + now);
            }
            pause();
            now = rest.slots();
        }
    }

    private void submit(Path from) {
        String id = UUID.randomUUID().toString().replace("-", "");
        JarRun run = JarRun.of(null, arguments).parallelism(parallelism).as(id);
        if (from != null) {
            run = run.from(from.toUri().toString());
        }
        try {
            rest.runJar(rest.uploadJar(jar), run);
        } catch (FlinkRestException e) {
            // The job may have been accepted although the answer was lost.
            if (rest.job(id).isEmpty()) {
                throw e;
            }
        }
        job = id;
        waits.awaitRunning(id, RUN_LIMIT);
    }

    /** Complete checkpoints and savepoints, the newest first. */
    private List<Path> candidates() {
        List<Path> found = new ArrayList<>(complete(savepoints));
        for (Path ofJob : list(cluster.checkpoints().directory())) {
            found.addAll(complete(ofJob));
        }
        found.sort(Comparator.comparing(JobOperator::written).reversed());
        return found;
    }

    private static List<Path> complete(Path directory) {
        return list(directory).stream()
                .filter(each -> Files.isRegularFile(each.resolve("_metadata")))
                .toList();
    }

    private static List<Path> list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileTime written(Path candidate) {
        try {
            return Files.getLastModifiedTime(candidate.resolve("_metadata"));
        } catch (IOException e) {
            // Flink has just removed it.
            return FileTime.fromMillis(0);
        }
    }

    /** Removes what earlier runs left: the job has its own checkpoints now. */
    private void prune() {
        for (Path ofJob : list(cluster.checkpoints().directory())) {
            if (!ofJob.getFileName().toString().equals(job)) {
                Directories.delete(ofJob);
            }
        }
        list(savepoints).forEach(Directories::delete);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
