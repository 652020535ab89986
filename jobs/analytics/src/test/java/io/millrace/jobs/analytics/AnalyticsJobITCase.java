package io.millrace.jobs.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.logic.analytics.FigureReplay;
import io.millrace.schema.analytics.FiguresCounted;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.testing.jobs.JobBed;
import io.millrace.testing.jobs.JobTopics;
import io.millrace.testing.jobs.ReplayAudit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class AnalyticsJobITCase {
    private static final int TASKS = 60;
    private static final byte[] BAD = {'{', 0, 'x'};

    /** Of a day that is over, so that nothing is told by the clock but that rows are closed, and corrected. */
    private static final Instant YESTERDAY =
            Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(30));

    @TempDir
    static Path directory;

    @Test
    void whatHappensCountsOnceThoughItComesTwiceAndTaskManagersDie() throws Exception {
        try (JobBed bed = JobBed.start(AnalyticsJob.JOB, directory, 2, 1);
                JobTopics topics = bed.topics("count-")) {
            JobID job = bed.run(
                    2,
                    topics.arguments("--every", "1 s", "--dead-letter-topics", "count-(task-updates|reminders)-dlq"));
            publish(topics, 0, TASKS / 2);
            topics.await("a first row", () -> !topics.read("analytics").isEmpty());
            bed.cluster().awaitCheckpoint(job);
            publish(topics, TASKS / 4, TASKS);
            bed.cluster().replaceTaskManagers();
            bed.cluster().awaitRunning(job);
            publish(topics, 0, TASKS);

            topics.await(
                    "all tasks",
                    () -> sums(topics, "tasks", "hour", "created") == TASKS
                            && sums(topics, "tasks", "hour", "completed") == TASKS
                            && sums(topics, "reminders", "day", "sent") == TASKS
                            && sums(topics, "agent_calls", "day", "calls") == TASKS
                            && sums(topics, "conversations", "day", "answers") == TASKS
                            && sums(topics, "conversation_intents", "hour", "answers") == TASKS
                            && letters(topics) >= 3);
            // Whatever is still under way would show by then.
            topics.publish("task-updates", "t-last", view("t-last", 1, "open"));
            topics.await(
                    "the last one, in each row",
                    () -> sums(topics, "tasks", "hour", "created") >= TASKS + 1
                            && sums(topics, "tasks", "day", "overdue") >= TASKS + 1
                            && sums(topics, "task_tags", "day", "created") >= 2 * (TASKS + 1)
                            && sums(topics, "agent_calls", "day", "cost_micros") >= 10 * TASKS);

            assertThat(sums(topics, "tasks", "hour", "created")).isEqualTo(TASKS + 1);
            assertThat(sums(topics, "tasks", "day", "completed_late")).isEqualTo(TASKS);
            assertThat(sums(topics, "tasks", "day", "overdue")).isEqualTo(TASKS + 1);
            assertThat(sums(topics, "task_tags", "day", "created")).isEqualTo(2 * (TASKS + 1));
            assertThat(sums(topics, "agent_calls", "day", "cost_micros")).isEqualTo(10 * TASKS);
            assertThat(sums(topics, "conversations", "hour", "started")).isEqualTo(TASKS);
            assertThat(sums(topics, "conversations", "hour", "cost_micros")).isEqualTo(10 * TASKS);
            assertThat(latest(topics).values())
                    .filteredOn(row -> row.path("figure_table").asText().equals("reminders"))
                    .allSatisfy(row -> assertThat(
                                    row.at("/distributions/late_by_ms/count").asLong())
                            .isEqualTo(row.at("/sums/sent").asLong()));
            // The rows of one change are told one after the other.
            topics.await(
                    "what plain Java makes of the same records",
                    () -> told(topics).entrySet().containsAll(settled(topics).entrySet()));
            assertThat(settled(topics)).isNotEmpty();
            bed.cluster().cancel(job);
        }
    }

    /** What counts of a row. */
    private record Figures(Map<String, Long> sums, Map<String, FiguresCounted.Distribution> distributions) {
        static Figures of(FiguresCounted row) {
            return new Figures(row.sums(), row.distributions());
        }
    }

    /** Of times that are over, by what plain Java makes of the log. */
    private static Map<String, Figures> settled(JobTopics topics) {
        FigureReplay replay = new FigureReplay(FigureReplay.Settings.DEFAULT);
        Stream.of(
                        "task-updates",
                        "reminders",
                        "agent-results",
                        "conversation-updates",
                        "task-updates-dlq",
                        "reminders-dlq")
                .flatMap(topic -> topics.read(topic).stream().map(record -> asIn(topic, ReplayAudit.source(record))))
                .sorted(Comparator.comparingLong(SourceRecord::timestamp)
                        .thenComparing(SourceRecord::topic)
                        .thenComparingInt(SourceRecord::partition)
                        .thenComparingLong(SourceRecord::offset))
                .forEach(replay::read);
        // By then each row was told that changed.
        replay.until(System.currentTimeMillis() + Duration.ofMinutes(2).toMillis());
        Map<String, Figures> settled = new HashMap<>();
        replay.settledRows().forEach((key, row) -> settled.put(key, Figures.of(row)));
        return settled;
    }

    private static Map<String, Figures> told(JobTopics topics) throws RejectedEventException {
        Map<String, Figures> told = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : topics.read("analytics")) {
            FiguresCounted row = FiguresCounted.read(ReplayAudit.source(record));
            told.put(row.key(), Figures.of(row));
        }
        return told;
    }

    private static SourceRecord asIn(String topic, SourceRecord record) {
        return new SourceRecord(
                topic,
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers());
    }

    private static void publish(JobTopics topics, int from, int to) {
        for (int i = from; i < to; i++) {
            String task = "t-" + i;
            topics.publish("task-updates", task, view(task, 1, "open"));
            topics.publish("task-updates", task, view(task, 2, "completed"));
            topics.publish("reminders", task, reminder(task));
            topics.publish("agent-results", "k-" + i, result("k-" + i));
            topics.publish("conversation-updates", "acme/c-" + i, conversation("c-" + i, 1, "answering", 0));
            topics.publish("conversation-updates", "acme/c-" + i, conversation("c-" + i, 2, "open", 1));
        }
        topics.publish("task-updates", "bad", BAD);
    }

    /** The latest of each row. */
    private static Map<String, JsonNode> latest(JobTopics topics) {
        Map<String, JsonNode> rows = new HashMap<>();
        topics.jsonOf("analytics")
                .forEach(row -> rows.put(
                        row.path("figure_table").asText()
                                + row.path("period")
                                + row.path("start")
                                + row.path("tenant")
                                + row.path("dimensions"),
                        row));
        return rows;
    }

    private static long sums(JobTopics topics, String table, String period, String figure) {
        return latest(topics).values().stream()
                .filter(row -> row.path("figure_table").asText().equals(table))
                .filter(row -> row.path("period").asText().equals(period))
                .mapToLong(row -> row.path("sums").path(figure).asLong())
                .sum();
    }

    private static long letters(JobTopics topics) {
        return latest(topics).values().stream()
                .filter(row -> row.at("/dimensions/topic").asText().equals("count-task-updates"))
                .filter(row -> row.path("period").asText().equals("day"))
                .mapToLong(row -> row.at("/sums/letters").asLong())
                .sum();
    }

    private static UUID id(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String view(String task, int version, String status) {
        return """
                {"schema_version":1,"event_id":"%s","event_type":"task.changed","occurred_at":"%s","tenant":"acme",
                 "user_id":"u","task_id":"%s","version":%d,"status":"%s","title":"Pay the rent","priority":"P1",
                 "tags":["home","money"],"due_at":"%s",
                 "cause":{"event_id":"%s","event_type":"task.created"},"created_at":"%s","updated_at":"%s"}
                """
                .formatted(
                        id(task + version),
                        YESTERDAY,
                        task,
                        version,
                        status,
                        YESTERDAY.plusSeconds(60),
                        id("cause"),
                        YESTERDAY,
                        version == 1 ? YESTERDAY : YESTERDAY.plusSeconds(120));
    }

    private static String reminder(String task) {
        return """
                {"schema_version":1,"event_id":"%s","event_type":"reminder.due","occurred_at":"%s","tenant":"acme",
                 "user_id":"u","task_id":"%s","title":"Pay the rent","due_at":"%s","remind_at":"%s","sent_at":"%s",
                 "remind_before_minutes":0,"snoozed":false,"late_by_ms":12,"late":false}
                """
                .formatted(id("r" + task), YESTERDAY, task, YESTERDAY, YESTERDAY, YESTERDAY);
    }

    private static String result(String key) {
        return """
                {"schema_version":1,"event_id":"%s","event_type":"agent.result","occurred_at":"%s","tenant":"acme",
                 "call_key":"%s","agent":"echo","answered_by":"echo","status":"OK","output":1,
                 "usage":{"input_tokens":1,"output_tokens":2},"cost_micros":10,"attempts":1,"cached":false,
                 "timings":{"queued_ms":1,"agent_ms":2,"total_ms":3}}
                """
                .formatted(id(key), YESTERDAY, key);
    }

    private static String conversation(String conversation, int version, String state, int answers) {
        return """
                {"schema_version":1,"event_id":"%s","event_type":"conversation.view","occurred_at":"%s","tenant":"acme",
                 "conversation_id":"%s","version":%d,"state":"%s","channel":"chat","language":"en","intent":"delivery",
                 "started_at":"%s","messages":1,"turns":1,"answers":%d,"cost_micros":%d}
                """
                .formatted(
                        id(conversation + version),
                        YESTERDAY,
                        conversation,
                        version,
                        state,
                        YESTERDAY,
                        answers,
                        10 * answers);
    }
}
