package io.millrace.jobs.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.testing.fuzz.EventFuzzer;
import io.millrace.testing.fuzz.FuzzInput;
import io.millrace.testing.jobs.JobBed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever bytes come: the job goes on, and each record is either accepted or a dead letter. */
@Timeout(180)
class TasksDeadLetterITCase {
    private static final long SEED = 20261121;
    private static final int RECORDS = 20_000;
    private static final int USERS = 50;

    @TempDir
    Path directory;

    private final Map<String, FuzzInput> sent = new HashMap<>();

    @Test
    void whateverIsPublishedIsAcceptedOrADeadLetterAndTheJobNeverRestarts() throws Exception {
        try (JobBed bed = JobBed.start(TasksJob.JOB, directory, 1, 2);
                TaskTopics topics = TaskTopics.make(bed.broker(), "")) {
            JobID job = bed.run(2, topics.arguments("--unknown-task-wait", "1 s"));

            publishMutations(topics);
            for (int user = 0; user < USERS; user++) {
                topics.publish(EventJson.created("u-" + user, "valid-after").with("title", "still works"));
            }
            topics.await("valid events after all that", () -> validAfter(topics) == USERS);
            // Events for unknown tasks have waited by then.
            topics.awaitQuiet(Duration.ofSeconds(2));

            assertThat(bed.cluster().restarts(job)).isZero();
            checkDeadLetters(topics);
            bed.cluster().cancel(job);
        }
    }

    private void publishMutations(TaskTopics topics) throws Exception {
        // So many tasks that hardly an event meets another one: what is not a creation waits in vain.
        EventFuzzer fuzzer = new EventFuzzer(SEED, USERS, Integer.MAX_VALUE);
        List<FuzzInput> inputs = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            inputs.add(fuzzer.next());
        }
        byte[] huge = new byte[1_000_000];
        Arrays.fill(huge, (byte) 'a');
        inputs.add(RECORDS / 2, new FuzzInput(null, huge, List.of()));
        List<Future<RecordMetadata>> positions = new ArrayList<>();
        for (FuzzInput input : inputs) {
            positions.add(topics.publish(input));
        }
        for (int i = 0; i < inputs.size(); i++) {
            RecordMetadata position = positions.get(i).get();
            sent.put(position.partition() + "@" + position.offset(), inputs.get(i));
        }
    }

    private static long validAfter(TaskTopics topics) {
        return topics.about(topics.updates(), "valid-after").size();
    }

    private void checkDeadLetters(TaskTopics topics) {
        Set<String> codes =
                Arrays.stream(ErrorCode.values()).map(ErrorCode::wireName).collect(Collectors.toSet());
        Map<String, Integer> byCode = new TreeMap<>();
        Set<String> rejected = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> letter : topics.read(topics.deadLetters())) {
            String position =
                    TaskTopics.header(letter, "source_partition") + "@" + TaskTopics.header(letter, "source_offset");
            assertThat(rejected.add(position))
                    .as("one dead letter for " + position)
                    .isTrue();
            assertThat(letter.value()).as(position).isEqualTo(sent.get(position).value());
            assertThat(letter.key()).as(position).isEqualTo(sent.get(position).key());
            assertThat(TaskTopics.header(letter, "error_code")).isIn(codes);
            assertThat(TaskTopics.header(letter, "error_message")).isNotBlank();
            byCode.merge(TaskTopics.header(letter, "error_code"), 1, Integer::sum);
        }
        Set<String> accepted = topics.read(topics.updates()).stream()
                .map(TaskTopics::json)
                .map(view -> acceptance(
                        view.path("tenant").asText(),
                        view.path("user_id").asText(),
                        view.path("task_id").asText(),
                        view.path("cause").path("event_id").asText()))
                .collect(Collectors.toSet());
        sent.forEach((position, input) -> {
            TaskEvent event = eventOf(input);
            boolean isAccepted = event != null
                    && accepted.contains(acceptance(
                            event.tenant(),
                            event.userId(),
                            event.taskId(),
                            event.eventId().toString()));
            boolean isDeadLetter = rejected.contains(position);
            assertThat(isAccepted ^ isDeadLetter)
                    .as(
                            "seed %d, %s: accepted %b, dead letter %b: %s",
                            SEED, position, isAccepted, isDeadLetter, clipped(input.value()))
                    .isTrue();
        });
        assertThat(byCode).as("seed " + SEED).hasSizeGreaterThanOrEqualTo(10);
    }

    /** Two mutations may have the same event id, which is unique within a series only. */
    private static String acceptance(String tenant, String user, String task, String eventId) {
        return String.join("\n", tenant, user, task.split("~", 2)[0], eventId);
    }

    /** Null when the reader refuses it. */
    private static TaskEvent eventOf(FuzzInput input) {
        try {
            return TaskEventReader.read(
                    new SourceRecord("task-events", 0, 0, 0, input.key(), input.value(), input.headers()));
        } catch (RejectedEventException e) {
            return null;
        }
    }

    private static String clipped(byte[] value) {
        return value == null
                ? "a tombstone"
                : new String(value, 0, Math.min(value.length, 600), StandardCharsets.UTF_8);
    }
}
