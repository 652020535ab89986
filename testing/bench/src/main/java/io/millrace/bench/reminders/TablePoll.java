package io.millrace.bench.reminders;

import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.IsoDateTimes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * What cron does: at each full minute, or whatever the interval is, reads all due rows of a table, publishes them, and
 * deletes them when the broker has them.
 */
final class TablePoll implements Contestant {
    private static final int PARTITIONS = 4;
    private static final int FETCH = 5_000;
    private static final String TABLE =
            """
            DROP TABLE IF EXISTS reminders;
            CREATE TABLE reminders (
              task_id text PRIMARY KEY,
              user_id text NOT NULL,
              title text NOT NULL,
              remind_at timestamp with time zone NOT NULL);
            CREATE INDEX reminders_by_time ON reminders (remind_at);
            """;

    private final String run;
    private final Postgres postgres;
    private final ReminderSink sink;
    private final ScheduledExecutorService cron = Executors.newSingleThreadScheduledExecutor();

    /** Starts with an empty table. */
    TablePoll(String run, Postgres postgres, String bootstrapServers, TopicAdmin topics, Duration interval)
            throws SQLException {
        this.run = run;
        this.postgres = postgres;
        topics.ensure(List.of(TopicSpec.logAppended(output(), PARTITIONS)));
        try (Connection connection = postgres.connect()) {
            Rows.execute(connection, TABLE);
        }
        sink = new ReminderSink(bootstrapServers, output());
        long millis = interval.toMillis();
        long toNext = millis - System.currentTimeMillis() % millis;
        cron.scheduleAtFixedRate(this::poll, toNext, millis, TimeUnit.MILLISECONDS);
    }

    private void poll() {
        Timestamp now = new Timestamp(System.currentTimeMillis());
        try (Connection connection = postgres.connect()) {
            connection.setAutoCommit(false);
            publish(connection, now);
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM reminders WHERE remind_at <= ?")) {
                delete.setTimestamp(1, now);
                delete.executeUpdate();
            }
            connection.commit();
        } catch (SQLException | ExecutionException e) {
            // The next poll tries again; what is missing in the end fails the measurement.
            System.err.println("bench: the poll failed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(Connection connection, Timestamp now)
            throws SQLException, ExecutionException, InterruptedException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT task_id, user_id, title, remind_at FROM reminders WHERE remind_at <= ? ORDER BY remind_at")) {
            select.setFetchSize(FETCH);
            select.setTimestamp(1, now);
            List<Future<RecordMetadata>> sent = new ArrayList<>(FETCH);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    sent.add(sink.send(
                            row.getString(2),
                            row.getString(1),
                            row.getString(3),
                            row.getTimestamp(4).getTime()));
                    if (sent.size() == FETCH) {
                        await(sent);
                    }
                }
            }
            await(sent);
        }
    }

    private static void await(List<Future<RecordMetadata>> sent) throws ExecutionException, InterruptedException {
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
        sent.clear();
    }

    @Override
    public String name() {
        return "cron";
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
                    "reminders (task_id, user_id, title, remind_at)",
                    batch,
                    (of, number) -> of.task(number) + "\t" + of.user(number) + "\t" + of.title(number) + "\t"
                            + IsoDateTimes.formatUtc(of.dueAt(number)));
            Rows.vacuum(connection, "reminders");
        }
    }

    @Override
    public long storedBytes() throws SQLException {
        try (Connection connection = postgres.connect()) {
            return Rows.bytes(connection, "reminders");
        }
    }

    @Override
    public void close() throws InterruptedException {
        cron.shutdownNow();
        cron.awaitTermination(1, TimeUnit.MINUTES);
        sink.close();
    }
}
