package io.millrace.chaos;

import io.millrace.chaos.workload.Workload;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.testing.flink.FlinkProcesses;
import io.millrace.testing.kafka.BrokerProcess;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** A Kafka broker, a JobManager and two TaskManagers as processes. Its parts may be used by several threads. */
final class Cluster implements AutoCloseable {
    static final int TASK_MANAGERS = 2;
    static final int SLOTS_EACH = 2;

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final BrokerProcess broker;
    private final FlinkProcesses flink;
    private final CheckpointDisk checkpoints;
    private final int[] taskManagers = new int[TASK_MANAGERS];

    private Cluster(BrokerProcess broker, FlinkProcesses flink, CheckpointDisk checkpoints) {
        this.broker = broker;
        this.flink = flink;
        this.checkpoints = checkpoints;
        for (int i = 0; i < TASK_MANAGERS; i++) {
            taskManagers[i] = i;
        }
    }

    /**
     * Starts all of it, without the job.
     *
     * @param topicsOf those to make, for a number of partitions
     */
    static Cluster start(Path directory, IntFunction<List<TopicSpec>> topicsOf) {
        CheckpointDisk checkpoints = new CheckpointDisk(directory.resolve("checkpoints"));
        BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"), START_LIMIT);
        try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            topics.ensure(topicsOf.apply(Workload.PARTITIONS));
            FlinkProcesses flink = settings(directory, checkpoints).start();
            return new Cluster(broker, flink, checkpoints);
        } catch (RuntimeException e) {
            broker.close();
            checkpoints.close();
            throw e;
        }
    }

    private static FlinkProcesses.Builder settings(Path directory, CheckpointDisk checkpoints) {
        return FlinkProcesses.in(directory.resolve("flink"), classpathOfFlink())
                .taskManagers(TASK_MANAGERS, SLOTS_EACH)
                .memory(224, 96)
                .jobManagerHeap(320)
                .startLimit(START_LIMIT)
                .setting("state.backend.type", "rocksdb")
                .setting("execution.checkpointing.interval", "1 s")
                .setting("execution.checkpointing.min-pause", "500 ms")
                .setting("execution.checkpointing.timeout", "30 s")
                .setting("execution.checkpointing.incremental", "true")
                .setting("execution.checkpointing.num-retained", "3")
                .setting("execution.checkpointing.tolerable-failed-checkpoints", "1000000")
                .setting("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION")
                .setting(
                        "execution.checkpointing.dir",
                        checkpoints.directory().toUri().toString())
                .setting("restart-strategy.type", "fixed-delay")
                .setting("restart-strategy.fixed-delay.attempts", "1000000")
                .setting("restart-strategy.fixed-delay.delay", "500 ms")
                .setting("task.cancellation.timeout", "30000")
                // A job of two slots has one on each.
                .setting("taskmanager.load-balance.mode", "SLOTS")
                // What is lost is noticed within seconds, and looked for again as soon.
                .setting("heartbeat.interval", "1000")
                .setting("heartbeat.timeout", "5000")
                .setting("cluster.registration.max-timeout", "2000")
                .setting("cluster.registration.error-delay", "500")
                .setting("cluster.registration.refused-registration-delay", "500");
    }

    /** What a Flink distribution has: this class path without what is in the jar of the job, and without the broker. */
    private static String classpathOfFlink() {
        List<String> others = List.of("millrace-", "classes", "test-classes", "kafka", "jackson-", "scala-");
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        others.stream().noneMatch(Path.of(entry).getFileName().toString()::startsWith))
                .collect(Collectors.joining(File.pathSeparator));
    }

    BrokerProcess broker() {
        return broker;
    }

    FlinkProcesses flink() {
        return flink;
    }

    CheckpointDisk checkpoints() {
        return checkpoints;
    }

    synchronized void launchBroker() {
        if (!broker.process().isAlive()) {
            broker.launch();
        }
    }

    synchronized void launchJobManager() {
        if (!flink.jobManager().isAlive()) {
            flink.launchJobManager();
        }
    }

    /** @param place 0 or 1 */
    synchronized void launchTaskManager(int place) {
        if (!flink.taskManager(taskManagers[place]).isAlive()) {
            taskManagers[place] = flink.launchTaskManager();
        }
    }

    synchronized void killTaskManager(int place) {
        flink.taskManager(taskManagers[place]).kill();
    }

    synchronized void pauseTaskManager(int place) {
        flink.taskManager(taskManagers[place]).pause();
    }

    synchronized void resumeTaskManager(int place) {
        flink.taskManager(taskManagers[place]).resume();
    }

    /** Whatever was done: all processes run again, when this returns. */
    void mend(Duration limit) {
        checkpoints.thaw();
        checkpoints.free();
        broker.process().resume();
        launchBroker();
        flink.jobManager().resume();
        launchJobManager();
        for (int place = 0; place < TASK_MANAGERS; place++) {
            resumeTaskManager(place);
            launchTaskManager(place);
        }
        broker.awaitServing(limit);
        flink.awaitRest();
        for (int index : taskManagers) {
            flink.awaitTaskManager(index);
        }
    }

    @Override
    public void close() {
        flink.close();
        broker.close();
        checkpoints.close();
    }
}
