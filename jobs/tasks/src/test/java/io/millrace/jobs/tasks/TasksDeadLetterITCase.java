package io.millrace.jobs.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schema.wire.ErrorCode;
import java.io.IOException;
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
import java.util.UUID;
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
    private static final int RECORDS = 4_000;
    private static final int USERS = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final Map<String, byte[]> sent = new HashMap<>();

    @Test
    void whateverIsPublishedIsAcceptedOrADeadLetterAndTheJobNeverRestarts() throws Exception {
        try (Testbed bed = Testbed.start(directory, 1, 2);
                TaskTopics topics = bed.topics("")) {
            JobID job = bed.cluster().run(2, topics.arguments("--unknown-task-wait", "1 s"));

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
        Mutations mutations = new Mutations(SEED);
        List<Future<RecordMetadata>> positions = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            values.add(mutations.next("u-" + i % USERS, i));
        }
        byte[] huge = new byte[10 << 20];
        Arrays.fill(huge, (byte) 'a');
        values.add(RECORDS / 2, huge);
        for (int i = 0; i < values.size(); i++) {
            positions.add(topics.publish(i % 7 == 0 ? null : "u-" + i % USERS, values.get(i)));
        }
        for (int i = 0; i < values.size(); i++) {
            RecordMetadata position = positions.get(i).get();
            sent.put(position.partition() + "@" + position.offset(), values.get(i));
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
            assertThat(letter.value()).as(position).isEqualTo(sent.get(position));
            assertThat(TaskTopics.header(letter, "error_code")).isIn(codes);
            assertThat(TaskTopics.header(letter, "error_message")).isNotBlank();
            byCode.merge(TaskTopics.header(letter, "error_code"), 1, Integer::sum);
        }
        Set<String> accepted = topics.read(topics.updates()).stream()
                .map(update ->
                        TaskTopics.json(update).path("cause").path("event_id").asText())
                .collect(Collectors.toSet());
        sent.forEach((position, value) -> {
            boolean isAccepted = value != null && accepted.contains(eventId(value));
            assertThat(isAccepted ^ rejected.contains(position))
                    .as(
                            "seed %d, %s: accepted %b, dead letter %b: %s",
                            SEED, position, isAccepted, rejected.contains(position), clipped(value))
                    .isTrue();
        });
        assertThat(byCode).as("seed " + SEED).hasSizeGreaterThanOrEqualTo(10);
    }

    /** Null when there is none. */
    private static String eventId(byte[] value) {
        try {
            return UUID.fromString(JSON.readTree(value).path("event_id").asText())
                    .toString();
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private static String clipped(byte[] value) {
        return value == null
                ? "a tombstone"
                : new String(value, 0, Math.min(value.length, 600), StandardCharsets.UTF_8);
    }
}
