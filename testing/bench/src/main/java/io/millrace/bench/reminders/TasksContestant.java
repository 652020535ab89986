package io.millrace.bench.reminders;

import io.millrace.bench.feed.TaskFeed;
import io.millrace.bench.meter.DiskUsage;
import io.millrace.bench.meter.TopicLog;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The tasks job, on topics of its own. */
final class TasksContestant implements Contestant {
    private static final int PARTITIONS = 4;
    private static final int LINGER_MILLIS = 20;
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final String run;
    private final String bootstrapServers;
    private final JobCluster cluster;
    private final TaskFeed feed;
    private final TopicLog updates;

    /**
     * Starts the job.
     *
     * @param run distinguishes its topics from those of other runs
     */
    TasksContestant(
            String run,
            String bootstrapServers,
            TopicAdmin topics,
            Path directory,
            int slots,
            Duration checkpoints,
            Map<String, String> settings)
            throws Exception {
        this.run = run;
        this.bootstrapServers = bootstrapServers;
        topics.ensure(List.of(
                TopicSpec.logAppended(events(), PARTITIONS),
                TopicSpec.logAppended(updates(), PARTITIONS),
                TopicSpec.logAppended(output(), PARTITIONS),
                TopicSpec.logAppended(run + "-dlq", PARTITIONS)));
        feed = new TaskFeed(bootstrapServers, events(), LINGER_MILLIS);
        updates = new TopicLog(bootstrapServers, updates());
        cluster = new JobCluster(directory.resolve(run), slots, checkpoints, settings);
        start(null);
    }

    @Override
    public String name() {
        return "tasks";
    }

    String events() {
        return run + "-events";
    }

    String updates() {
        return run + "-updates";
    }

    @Override
    public String output() {
        return run + "-reminders";
    }

    JobCluster cluster() {
        return cluster;
    }

    /** Starts the job, which was stopped, again. */
    void start(String savepoint) throws Exception {
        cluster.run(
                new String[] {
                    "--kafka.bootstrap-servers",
                    bootstrapServers,
                    "--kafka.group-id",
                    run,
                    "--topics.task-events",
                    events(),
                    "--topics.task-updates",
                    updates(),
                    "--topics.reminders",
                    output(),
                    "--topics.task-events-dlq",
                    run + "-dlq"
                },
                savepoint);
    }

    /** Each task's view says that its reminder is in the state, or would be again after a restore. */
    @Override
    public void arm(Batch batch) throws Exception {
        long before = updates.size();
        for (int i = 0; i < batch.count(); i++) {
            feed.publish(batch.user(i), batch.task(i), batch.title(i), null, batch.dueAt(i));
        }
        feed.flush();
        updates.await(before + batch.count(), LIMIT);
    }

    /** What RocksDB's files take after a checkpoint has written out its memory. */
    @Override
    public long storedBytes() throws Exception {
        cluster.fullCheckpoint();
        return DiskUsage.bytes(cluster.stateDirectory());
    }

    @Override
    public void close() throws Exception {
        feed.close();
        updates.close();
        cluster.close();
    }
}
