package io.millrace.chaos;

import io.millrace.testing.process.OsProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Does the faults of an episode to a cluster, each in a thread of its own, and undoes them. */
final class Injector {
    private static final Duration REPAIR_LIMIT = Duration.ofSeconds(120);
    private static final Duration LIMIT = Duration.ofSeconds(240);
    private static final Set<FaultKind> NEED_DISK = EnumSet.of(FaultKind.CHECKPOINTS_FULL, FaultKind.CHECKPOINTS_SLOW);
    /** A slow disk does its work in the rest of each of these periods. */
    private static final int PERIOD_MILLIS = 1_000;

    private static final int FROZEN_MILLIS = 900;

    private final Cluster cluster;
    private final JobOperator operator;
    private final Load load;

    Injector(Cluster cluster, JobOperator operator, Load load) {
        this.cluster = cluster;
        this.operator = operator;
        this.load = load;
    }

    /** Whether the fault can be done on this machine. */
    boolean can(Fault fault) {
        return !NEED_DISK.contains(fault.kind()) || cluster.checkpoints().isOwn();
    }

    /** The faults under way. */
    final class Underway {
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final List<Future<?>> faults = new ArrayList<>();

        private void add(Fault fault, Instant start) {
            faults.add(threads.submit(() -> {
                sleep(Duration.between(Instant.now(), start.plusMillis(fault.at()))
                        .toMillis());
                inject(fault);
                return null;
            }));
        }

        /**
         * Returns when all of them are undone.
         *
         * @throws IllegalStateException when one could not be done or undone
         */
        void await() throws InterruptedException {
            threads.shutdown();
            try {
                for (Future<?> fault : faults) {
                    fault.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                }
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("a fault could not be undone: " + e, e);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    /** Does them at their times after {@code start}. */
    Underway start(List<Fault> faults, Instant start) {
        Underway underway = new Underway();
        faults.stream().filter(this::can).forEach(fault -> underway.add(fault, start));
        return underway;
    }

    private void inject(Fault fault) throws InterruptedException {
        switch (fault.kind()) {
            case BROKER_KILL -> {
                cluster.broker().process().kill();
                sleep(fault.millis());
                cluster.launchBroker();
            }
            case BROKER_RESTART -> {
                cluster.broker().process().stop();
                sleep(fault.millis());
                cluster.launchBroker();
            }
            case BROKER_PAUSE -> pause(cluster.broker().process(), fault);
            case JOBMANAGER_PAUSE -> pause(cluster.flink().jobManager(), fault);
            case JOBMANAGER_KILL -> {
                cluster.flink().jobManager().kill();
                sleep(fault.millis());
                cluster.launchJobManager();
                operator.repair(REPAIR_LIMIT);
            }
            case TASKMANAGER_KILL -> {
                places(fault).forEach(cluster::killTaskManager);
                sleep(fault.millis());
                places(fault).forEach(cluster::launchTaskManager);
            }
            case TASKMANAGER_PAUSE -> {
                places(fault).forEach(cluster::pauseTaskManager);
                sleep(fault.millis());
                places(fault).forEach(cluster::resumeTaskManager);
            }
            case CHECKPOINTS_FULL -> {
                cluster.checkpoints().fill();
                sleep(fault.millis());
                cluster.checkpoints().free();
            }
            case CHECKPOINTS_SLOW -> {
                for (int spent = 0; spent < fault.millis(); spent += PERIOD_MILLIS) {
                    freezeFor(FROZEN_MILLIS);
                    sleep(PERIOD_MILLIS - FROZEN_MILLIS);
                }
            }
            case CLOCK_JUMP -> {
                load.setClockOffBy(fault.amount());
                sleep(fault.millis());
                load.setClockOffBy(0);
            }
            case RESCALE, DOWNTIME ->
                operator.restart((int) fault.amount(), () -> sleepUnchecked(fault.millis()), REPAIR_LIMIT);
        }
    }

    private void freezeFor(long millis) throws InterruptedException {
        cluster.checkpoints().freeze();
        try {
            sleep(millis);
        } finally {
            cluster.checkpoints().thaw();
        }
    }

    private static void pause(OsProcess process, Fault fault) throws InterruptedException {
        process.pause();
        sleep(fault.millis());
        process.resume();
    }

    private static List<Integer> places(Fault fault) {
        return fault.target() == Fault.BOTH ? List.of(0, 1) : List.of(fault.target());
    }

    private static void sleep(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(Math.max(0, millis));
    }

    private static void sleepUnchecked(long millis) {
        try {
            sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
