package io.millrace.jobs.digest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.testing.jobs.JobBed;
import io.millrace.testing.jobs.JobTopics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DigestJobITCase {
    private static final int USERS = 40;

    @TempDir
    static Path directory;

    @Test
    void eachPersonIsToldOfTheirTasksThoughTaskManagersDie() throws Exception {
        try (JobBed bed = JobBed.start(DigestJob.JOB, directory, 2, 1);
                JobTopics topics = bed.topics("told-")) {
            JobID job =
                    bed.run(2, topics.arguments("--schedule", "* * * * *", "--time-zone", zoneWhoseMinuteBeginsIn(20)));
            byte[] bad = {'{', 0, 'x'};
            for (int user = 0; user < USERS; user++) {
                topics.publish("task-updates", "u-" + user, view("u-" + user, "t-1", 1, "open"));
                topics.publish("task-updates", "u-" + user, view("u-" + user, "t-2", 1, "open"));
                topics.publish("task-updates", "u-" + user, view("u-" + user, "t-3", 1, "open"));
                topics.publish("task-updates", "u-" + user, bad);
            }
            topics.await("dead letters", () -> topics.read("task-updates-dlq").size() >= USERS);
            bed.cluster().awaitCheckpoint(job);
            for (int user = 0; user < USERS; user++) {
                topics.publish("task-updates", "u-" + user, view("u-" + user, "t-2", 2, "completed"));
                // Comes again after the tasks job was restored.
                topics.publish("task-updates", "u-" + user, view("u-" + user, "t-2", 1, "open"));
            }
            bed.cluster().replaceTaskManagers();
            bed.cluster().awaitRunning(job);

            topics.await(
                    "a digest for each",
                    () -> last(topics).size() == USERS
                            && last(topics).values().stream().allMatch(DigestJobITCase::isFinal));

            Map<String, Set<String>> idsByTime = new HashMap<>();
            topics.jsonOf("digests").forEach(digest -> idsByTime
                    .computeIfAbsent(text(digest, "user_id") + text(digest, "scheduled_at"), key -> new HashSet<>())
                    .add(text(digest, "event_id")));
            assertThat(idsByTime.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
            assertThat(topics.jsonOf("digests")).allSatisfy(digest -> assertThat(Instant.parse(text(digest, "sent_at")))
                    .isAfterOrEqualTo(Instant.parse(text(digest, "scheduled_at"))));
            assertThat(topics.read("task-updates-dlq"))
                    .extracting(ConsumerRecord::value)
                    .contains(bad);
            bed.cluster().cancel(job);
        }
    }

    /** By user, the digest of the latest time. */
    private static Map<String, JsonNode> last(JobTopics topics) {
        Map<String, JsonNode> last = new HashMap<>();
        for (JsonNode digest : topics.jsonOf("digests")) {
            last.merge(
                    text(digest, "user_id"),
                    digest,
                    (one, other) -> text(one, "scheduled_at").compareTo(text(other, "scheduled_at")) < 0 ? other : one);
        }
        return last;
    }

    /** What is told when all views were read. */
    private static boolean isFinal(JsonNode digest) {
        return digest.path("open").asInt() == 2
                && digest.path("overdue").asInt() == 2
                && digest.path("complete").asBoolean()
                && digest.path("tasks").findValuesAsText("task_id").equals(List.of("t-1", "t-3"));
    }

    /** An offset by which the next minute begins so many seconds from now, so that nobody waits for it. */
    private static String zoneWhoseMinuteBeginsIn(int seconds) {
        long second = Instant.now().getEpochSecond() % 60;
        return "+00:00:%02d".formatted(Math.floorMod(60 - seconds - second, 60));
    }

    private static String view(String user, String task, int version, String status) {
        return """
                {"schema_version":1,"event_id":"%s","event_type":"task.changed","occurred_at":"%s","tenant":"default",
                 "user_id":"%s","task_id":"%s","version":%d,"status":"%s","title":"Pay the rent","due_at":"2026-01-01T00:00:00Z",
                 "cause":{"event_id":"%s","event_type":"task.created"},"created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z"}
                """
                .formatted(
                        UUID.nameUUIDFromBytes((user + task + version).getBytes(StandardCharsets.UTF_8)),
                        Instant.now(),
                        user,
                        task,
                        version,
                        status,
                        UUID.randomUUID());
    }

    private static String text(JsonNode event, String field) {
        return event.path(field).asText();
    }
}
