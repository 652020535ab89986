package io.millrace.jobs.digest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.logic.digest.DigestDecider;
import io.millrace.logic.digest.DigestSchedule;
import io.millrace.logic.digest.DigestState;
import io.millrace.schema.digest.Digest;
import io.millrace.schema.task.TaskSummary;
import io.millrace.testing.jobs.JobBed;
import io.millrace.testing.jobs.JobTopics;
import io.millrace.testing.jobs.ReplayAudit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DigestJobITCase {
    private static final int USERS = 40;
    private static final String EACH_MINUTE = "* * * * *";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path directory;

    @Test
    void eachPersonIsToldOfTheirTasksThoughTaskManagersDie() throws Exception {
        try (JobBed bed = JobBed.start(DigestJob.JOB, directory, 2, 1);
                JobTopics topics = bed.topics("told-")) {
            String zone = zoneWhoseMinuteBeginsIn(20);
            JobID job = bed.run(2, topics.arguments("--schedule", EACH_MINUTE, "--time-zone", zone));
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

            topics.await("a digest for each", () -> users(topics).size() == USERS);
            topics.await("all that the log says is to come", () -> digests(topics)
                    .keySet()
                    .containsAll(expected(topics, zone).keySet()));

            assertThat(digests(topics)).as("nothing else is told").isEqualTo(expected(topics, zone));
            assertThat(topics.jsonOf("digests")).allSatisfy(digest -> assertThat(Instant.parse(text(digest, "sent_at")))
                    .isAfterOrEqualTo(Instant.parse(text(digest, "scheduled_at"))));
            assertThat(topics.read("task-updates-dlq"))
                    .extracting(ConsumerRecord::value)
                    .contains(bad);
            bed.cluster().cancel(job);
        }
    }

    private static Set<String> users(JobTopics topics) {
        return topics.jsonOf("digests").stream()
                .map(digest -> text(digest, "user_id"))
                .collect(Collectors.toSet());
    }

    /** By id, less what is known only when it is sent. */
    private static Map<String, String> digests(JobTopics topics) {
        Map<String, String> digests = new HashMap<>();
        for (JsonNode digest : topics.jsonOf("digests")) {
            String told = less(digest);
            String before = digests.put(text(digest, "event_id"), told);
            assertThat(told).as("what comes again says the same").isEqualTo(before == null ? told : before);
        }
        return digests;
    }

    /** The same, as they follow from the log up to the last time of which there is a digest. */
    private static Map<String, String> expected(JobTopics topics, String zone) throws IOException {
        long last = topics.jsonOf("digests").stream()
                .map(digest -> Instant.parse(text(digest, "scheduled_at")).toEpochMilli())
                .max(Comparator.naturalOrder())
                .orElse(0L);
        ReplayAudit<DigestState, TaskSummary, Digest> audit = new ReplayAudit<>(
                        TaskSummary::read,
                        DigestDecider::person,
                        new DigestDecider(new DigestSchedule(EACH_MINUTE, zone)))
                .read(topics.read("task-updates"))
                .until(last);
        Map<String, String> expected = new HashMap<>();
        for (Digest digest : audit.commands()) {
            if (digest.scheduledAt().toEpochMilli() <= last) {
                expected.put(digest.envelope().eventId().toString(), less(JSON.readTree(digest.toJson())));
            }
        }
        return expected;
    }

    private static String less(JsonNode digest) {
        ObjectNode told = digest.deepCopy();
        return told.without(List.of("sent_at", "late_by_ms")).toString();
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
