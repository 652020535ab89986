package io.millrace.jobs.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.testing.jobs.JobBed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the tasks job writes for what it reads, through real topics. */
@Timeout(180)
class TasksJobITCase {
    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @TempDir
    static Path directory;

    private static JobBed bed;
    private static TaskTopics topics;
    private static JobID job;

    @BeforeAll
    static void start() throws Exception {
        bed = JobBed.start(TasksJob.JOB, directory, 1, 4);
        topics = TaskTopics.make(bed.broker(), "");
        job = bed.run(2, topics.arguments());
    }

    @AfterAll
    static void stop() throws Exception {
        int restarts = bed.cluster().restarts(job);
        topics.close();
        bed.close();
        assertThat(restarts).isZero();
    }

    @Test
    void aReminderIsSentOnceAndNotBeforeItsMoment() throws Exception {
        Instant due = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MILLIS);
        EventJson created = EventJson.created("u-due", "t-due").due(due).with("correlation_id", "c-1");

        topics.publish("u-due", created.bytes(), TaskTopics.header("traceparent", TRACEPARENT));
        topics.publish("u-due", created.bytes());
        topics.await("the reminder", () -> !about(topics.reminders(), "t-due").isEmpty());
        EventJson after = EventJson.created("u-due", "t-after").due(Instant.now());
        topics.publish(after.with("occurred_at", Instant.now().minusSeconds(5).toString()));
        topics.await("a reminder sent after it", () -> !about(topics.reminders(), "t-after")
                .isEmpty());

        ConsumerRecord<byte[], byte[]> reminder = only(topics.reminders(), "t-due");
        assertThat(reminder.timestamp()).isGreaterThanOrEqualTo(due.toEpochMilli());
        assertThat(TaskTopics.key(reminder)).isEqualTo("u-due");
        assertThat(TaskTopics.header(reminder, "correlation_id")).isEqualTo("c-1");
        assertThat(TaskTopics.header(reminder, "traceparent")).isEqualTo(TRACEPARENT);
        JsonNode json = TaskTopics.json(reminder);
        assertThat(Instant.parse(json.path("remind_at").asText())).isEqualTo(due);
        assertThat(Instant.parse(json.path("sent_at").asText())).isAfterOrEqualTo(due);
        assertThat(json.path("late").asBoolean(true)).isFalse();
        assertThat(json.path("correlation_id").asText()).isEqualTo("c-1");
        assertThat(about(topics.updates(), "t-due")).hasSize(1);
    }

    @Test
    void everyChangeIsPublishedWithTheNextVersion() throws Exception {
        topics.publish(EventJson.created("u-life", "t-life").with("tags", List.of("home")));
        topics.publish(EventJson.event("task.updated", "u-life", "t-life").with("priority", "P1"));
        topics.publish(EventJson.completed("u-life", "t-life"));
        topics.publish(EventJson.event("task.reopened", "u-life", "t-life"));
        topics.publish(EventJson.event("task.deleted", "u-life", "t-life"));

        topics.await("five views", () -> about(topics.updates(), "t-life").size() == 5);

        List<JsonNode> views = about(topics.updates(), "t-life");
        assertThat(views).extracting(view -> view.path("version").asInt()).containsExactly(1, 2, 3, 4, 5);
        assertThat(views)
                .extracting(view -> view.path("status").asText())
                .containsExactly("open", "open", "completed", "open", "deleted");
        assertThat(views.get(1).path("priority").asText()).isEqualTo("P1");
        assertThat(views.get(1).path("tags").path(0).asText()).isEqualTo("home");
    }

    @Test
    void aCompletedTaskSendsNoReminderAndItsNextOccurrenceIsAnnounced() throws Exception {
        Instant due = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
        topics.publish(EventJson.created("u-rent", "t-rent")
                .due(due)
                .with("time_zone", "Europe/Paris")
                .with("recurrence", Map.of("rule", "FREQ=DAILY")));
        topics.publish(EventJson.completed("u-rent", "t-rent"));
        topics.publish(EventJson.created("u-rent", "t-witness").due(due.plusMillis(1)));

        topics.await("a reminder due later", () -> !about(topics.reminders(), "t-witness")
                .isEmpty());

        List<JsonNode> announced = topics.read(topics.events()).stream()
                .map(TaskTopics::json)
                .filter(event -> event.path("task_id").asText().startsWith("t-rent~"))
                .toList();
        assertThat(announced).hasSize(1);
        assertThat(announced.get(0).path("event_type").asText()).isEqualTo("task.created");
        String occurrence = announced.get(0).path("task_id").asText();
        assertThat(about(topics.updates(), occurrence))
                .extracting(view -> view.path("status").asText())
                .containsExactly("open");
        assertThat(about(topics.reminders(), "t-rent")).isEmpty();
        assertThat(deadLetters("u-rent")).isEmpty();
    }

    @Test
    void aCloudEventIsAcceptedInBothForms() throws Exception {
        EventJson plain = EventJson.created("u-cloud", "t-binary")
                .without("event_id")
                .without("event_type")
                .without("occurred_at");
        topics.publish(
                "u-cloud",
                plain.bytes(),
                TaskTopics.header("ce_specversion", "1.0"),
                TaskTopics.header("ce_id", "order-17"),
                TaskTopics.header("ce_source", "/billing"),
                TaskTopics.header("ce_type", "task.created"),
                TaskTopics.header("ce_time", Instant.now().toString()),
                TaskTopics.header("ce_traceparent", TRACEPARENT));
        EventJson structured = EventJson.created("u-cloud", "t-structured");
        String envelope = "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/x\",\"type\":\"task.created\",\"data\":"
                + structured.json() + "}";
        topics.publish("u-cloud", envelope.getBytes(StandardCharsets.UTF_8));

        topics.await(
                "both views",
                () -> !about(topics.updates(), "t-binary").isEmpty()
                        && !about(topics.updates(), "t-structured").isEmpty());

        assertThat(TaskTopics.header(only(topics.updates(), "t-binary"), "traceparent"))
                .isEqualTo(TRACEPARENT);
        assertThat(deadLetters("u-cloud")).isEmpty();
    }

    @Test
    void aDeadLetterHasTheOriginalBytesAndSaysWhyAndWhere() throws Exception {
        byte[] bad = "{\"schema_version\":1,\"title\":\u00e9\u0000".getBytes(StandardCharsets.ISO_8859_1);
        RecordMetadata sent = topics.publish("u-bad", bad, TaskTopics.header("x-team", "billing"))
                .get();

        topics.await("the dead letter", () -> !deadLetters("u-bad").isEmpty());

        ConsumerRecord<byte[], byte[]> letter = deadLetters("u-bad").get(0);
        assertThat(letter.value()).isEqualTo(bad);
        assertThat(TaskTopics.header(letter, "x-team")).isEqualTo("billing");
        assertThat(TaskTopics.header(letter, "error_code")).isEqualTo("not_utf8");
        assertThat(TaskTopics.header(letter, "error_message")).isNotBlank();
        assertThat(TaskTopics.header(letter, "source_topic")).isEqualTo(topics.events());
        assertThat(TaskTopics.header(letter, "source_partition")).isEqualTo(Integer.toString(sent.partition()));
        assertThat(TaskTopics.header(letter, "source_offset")).isEqualTo(Long.toString(sent.offset()));
        assertThat(Instant.parse(TaskTopics.header(letter, "first_seen")).toEpochMilli())
                .isEqualTo(sent.timestamp());
    }

    @Test
    void inExactlyOnceDeliveryARecordIsSeenWithTheCheckpointAfterIt() throws Exception {
        try (TaskTopics own = TaskTopics.make(bed.broker(), "exactly-once-")) {
            JobID transactional = bed.run(1, own.arguments("--delivery.default", "exactly-once"));
            Instant due = Instant.now().plusSeconds(1);
            own.publish(EventJson.created("u-7", "t-42")
                    .due(due)
                    .with("time_zone", "Europe/Paris")
                    .with("recurrence", Map.of("every", "daily")));
            own.publish(EventJson.completed("u-7", "t-42"));
            own.publish(EventJson.created("u-7", "t-43").due(due));
            own.publish("u-7", new byte[] {'{'});

            own.await(
                    "a record on each topic",
                    () -> own.read(own.reminders()).size() == 1
                            && own.read(own.updates()).size() == 4
                            && own.read(own.events()).size() == 5
                            && own.read(own.deadLetters()).size() == 1);
            bed.cluster().stop(transactional);
            own.awaitQuiet(Duration.ofSeconds(1));

            assertThat(own.read(own.updates())).hasSize(4);
            assertThat(own.read(own.reminders())).hasSize(1);
        }
    }

    private static List<JsonNode> about(String topic, String task) {
        return topics.about(topic, task);
    }

    private static List<ConsumerRecord<byte[], byte[]>> deadLetters(String user) {
        return topics.read(topics.deadLetters()).stream()
                .filter(letter -> user.equals(TaskTopics.key(letter)))
                .toList();
    }

    private static ConsumerRecord<byte[], byte[]> only(String topic, String task) {
        List<ConsumerRecord<byte[], byte[]>> found = topics.read(topic).stream()
                .filter(record ->
                        TaskTopics.json(record).path("task_id").asText().equals(task))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
