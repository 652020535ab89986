package io.millrace.bench.reminders;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.IsoDateTimes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * db-scheduler with one-time tasks, as its documentation says for high throughput on PostgreSQL: lock-and-fetch, a
 * queue of up to four executions for each thread, no priorities. An execution ends when the broker has its reminder.
 */
final class DbScheduler implements Contestant {
    private static final String TASK = "reminder";
    private static final int PARTITIONS = 4;
    private static final Duration POLL_EVERY = Duration.ofMillis(100);
    private static final double FETCH_BELOW = 1.0;
    private static final double FETCH_UP_TO = 4.0;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
    private static final HexFormat HEX = HexFormat.of();

    /** The table of its documentation, without the index by priority. */
    private static final String TABLE =
            """
            DROP TABLE IF EXISTS scheduled_tasks;
            CREATE TABLE scheduled_tasks (
              task_name text NOT NULL,
              task_instance text NOT NULL,
              task_data bytea,
              execution_time timestamp with time zone NOT NULL,
              picked boolean NOT NULL,
              picked_by text,
              last_success timestamp with time zone,
              last_failure timestamp with time zone,
              consecutive_failures int,
              last_heartbeat timestamp with time zone,
              version bigint NOT NULL,
              priority smallint,
              PRIMARY KEY (task_name, task_instance));
            CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
            CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
            """;

    private final String run;
    private final Postgres postgres;
    private final ReminderSink sink;
    private final HikariDataSource pool;
    private final Scheduler scheduler;

    /**
     * Starts with an empty table.
     *
     * @param threads of the scheduler, and connections
     */
    DbScheduler(String run, Postgres postgres, String bootstrapServers, TopicAdmin topics, int threads)
            throws SQLException {
        this.run = run;
        this.postgres = postgres;
        topics.ensure(List.of(TopicSpec.logAppended(output(), PARTITIONS)));
        try (Connection connection = postgres.connect()) {
            Rows.execute(connection, TABLE);
        }
        sink = new ReminderSink(bootstrapServers, output());
        pool = postgres.pool(threads);
        OneTimeTask<String> task = Tasks.oneTime(TASK, String.class).execute((instance, context) -> {
            String[] data = instance.getData().split("\t", 2);
            long moment = context.getExecution().executionTime.toEpochMilli();
            awaitSent(data[0], instance.getId(), data[1], moment);
        });
        scheduler = Scheduler.create(pool, task)
                .threads(threads)
                .pollingInterval(POLL_EVERY)
                .pollUsingLockAndFetch(FETCH_BELOW, FETCH_UP_TO)
                .serializer(new Text())
                .shutdownMaxWait(STOP_WITHIN)
                .build();
        scheduler.start();
    }

    private void awaitSent(String user, String taskId, String title, long moment) {
        try {
            sink.send(user, taskId, title, moment).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("not published", e.getCause());
        }
    }

    /** A task's data are text: nothing is cheaper. */
    private static final class Text implements Serializer {

        @Override
        public byte[] serialize(Object data) {
            return data == null ? null : data.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] data) {
            return data == null ? null : type.cast(new String(data, StandardCharsets.UTF_8));
        }
    }

    @Override
    public String name() {
        return "db_scheduler";
    }

    @Override
    public String output() {
        return run + "-reminders";
    }

    @Override
    public void arm(Batch batch) throws Exception {
        try (Connection connection = postgres.connect()) {
            Rows.copy(
                    connection,
                    "scheduled_tasks (task_name, task_instance, task_data, execution_time, picked, version)",
                    batch,
                    DbScheduler::row);
            Rows.vacuum(connection, "scheduled_tasks");
        }
    }

    private static String row(Batch batch, int number) {
        String data = batch.user(number) + "\t" + batch.title(number);
        return TASK + "\t" + batch.task(number) + "\t\\\\x"
                + HEX.formatHex(data.getBytes(StandardCharsets.UTF_8)) + "\t"
                + IsoDateTimes.formatUtc(batch.dueAt(number)) + "\tf\t1";
    }

    @Override
    public long storedBytes() throws SQLException {
        try (Connection connection = postgres.connect()) {
            return Rows.bytes(connection, "scheduled_tasks");
        }
    }

    @Override
    public void close() {
        scheduler.stop();
        pool.close();
        sink.close();
    }
}
