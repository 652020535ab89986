package io.millrace.jobs.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.logic.rollout.RolloutDecider;
import io.millrace.logic.rollout.RolloutNews;
import io.millrace.logic.rollout.RolloutState;
import io.millrace.schema.rollout.RolloutInput;
import io.millrace.testing.jobs.JobBed;
import io.millrace.testing.jobs.JobTopics;
import io.millrace.testing.jobs.ReplayAudit;
import io.millrace.testing.kafka.TopicProbe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worse version is taken back and a good one goes to everybody, on a real broker and a real cluster whose TaskManagers die. */
@Timeout(400)
class RolloutJobITCase {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FLAG =
            """
            {"state":"ENABLED","variants":{"new":true,"old":false},"defaultVariant":"old"}""";
    private static final int REQUESTS = 200;

    @TempDir
    static Path directory;

    @Test
    void whatIsWorseIsTakenBackAndWhatIsNotGoesToEverybodyThoughTaskManagersDie() throws Exception {
        try (JobBed bed = JobBed.start(RolloutJob.JOB, directory, 2, 1);
                JobTopics topics = bed.topics("told-")) {
            JobID job = bed.run(2, topics.arguments("--interval", "1 s"));
            byte[] bad = {'{', 0, 'x'};
            for (String flag : List.of("worse", "good")) {
                topics.publish("flags", flag, FLAG);
                topics.publish("rollout-definitions", flag + "-v2", definition(flag));
                topics.publish("rollout-commands", flag + "-v2", start(flag));
            }
            for (String topic : List.of("flags", "rollout-definitions", "rollout-commands", "health-signals")) {
                topics.publish(topic, "x", bad);
            }
            topics.await(
                    "the first step of both", () -> percent(topics, "worse") == 10 && percent(topics, "good") == 10);
            bed.cluster().awaitCheckpoint(job);
            bed.cluster().replaceTaskManagers();
            bed.cluster().awaitRunning(job);

            topics.await("the worse one is taken back", () -> {
                tell(topics);
                return kinds(topics, "worse").contains("rolled_back") && percent(topics, "worse") == 0;
            });
            bed.cluster().awaitCheckpoint(job);
            bed.cluster().replaceTaskManagers();
            bed.cluster().awaitRunning(job);
            topics.await("the good one goes to everybody", () -> {
                tell(topics);
                return kinds(topics, "good").contains("completed")
                        && revisions(topics, "good").contains(4L);
            });

            assertThat(percents(topics, "good")).as("forward alone").isSorted().endsWith(100);
            assertThat(percents(topics, "worse"))
                    .as("never more again")
                    .endsWith(0)
                    .isSubsetOf(10, 0);
            for (String flag : List.of("worse", "good")) {
                assertThat(revisions(topics, flag))
                        .as("each once, in order")
                        .isSorted()
                        .doesNotHaveDuplicates();
            }
            assertThat(event(topics, "worse", "rolled_back").path("reason").asText())
                    .startsWith("errors: ");
            assertThat(event(topics, "worse", "rolled_back")
                            .path("evidence")
                            .get(0)
                            .path("ratio")
                            .asDouble())
                    .isGreaterThan(5);
            Map<String, String> expected = expected(topics);
            topics.await("all that the log says", () -> events(topics).keySet().containsAll(expected.keySet()));
            assertThat(events(topics)).as("nothing else is told").containsAllEntriesOf(expected);
            for (String topic : List.of("flags", "rollout-definitions", "rollout-commands", "health-signals")) {
                topics.await("dead letters", () -> !topics.read(topic + "-dlq").isEmpty());
                assertThat(topics.read(topic + "-dlq"))
                        .extracting(ConsumerRecord::value)
                        .contains(bad);
            }
            bed.cluster().cancel(job);
        }
    }

    /** A while of requests, split as the flag says; those of the worse version fail in three of ten. */
    private static void tell(JobTopics topics) {
        for (String flag : List.of("worse", "good")) {
            int fresh = REQUESTS * percent(topics, flag) / 100;
            signal(topics, flag, "new", fresh, flag.equals("worse") ? fresh * 3 / 10 : fresh / 100);
            signal(topics, flag, "old", REQUESTS - fresh, (REQUESTS - fresh) / 100);
        }
    }

    private static void signal(JobTopics topics, String flag, String variant, int requests, int errors) {
        topics.publish(
                "health-signals",
                flag,
                """
                {"schema_version":1,"event_id":"%s","event_type":"health.signal","occurred_at":"2020-01-01T00:00:00Z","flag":"%s",
                 "variant":"%s","source":"service","requests":%d,"errors":%d}
                """
                        .formatted(UUID.randomUUID(), flag, variant, requests, errors));
    }

    private static String definition(String flag) {
        return """
                {"schema_version":1,"event_id":"%s","event_type":"rollout.defined","occurred_at":"%s","name":"%s-v2","flag":"%s","to":"new",
                 "from":"old","strategy":"progressive","steps":[{"percent":10,"hold_seconds":2},{"percent":50,"hold_seconds":2},{"percent":100}],
                 "health":{"sources":[{"name":"service"}],"min_requests":50,"warm_up_seconds":2}}
                """
                .formatted(UUID.randomUUID(), Instant.now(), flag, flag);
    }

    private static String start(String flag) {
        return """
                {"schema_version":1,"event_id":"%s","event_type":"rollout.command","occurred_at":"%s","rollout":"%s-v2","action":"start",
                 "by":"test"}
                """
                .formatted(UUID.randomUUID(), Instant.now(), flag);
    }

    private static List<JsonNode> log(JobTopics topics, String flag) {
        return topics.read("flags").stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(flag))
                .map(TopicProbe::json)
                .toList();
    }

    /** As they follow each other in the log. */
    private static List<Integer> percents(JobTopics topics, String flag) {
        List<Integer> percents = new ArrayList<>();
        for (JsonNode each : log(topics, flag)) {
            if (each.has("targeting")) {
                percents.add(each.at("/targeting/fractional/1/1").asInt());
            }
        }
        return percents;
    }

    private static int percent(JobTopics topics, String flag) {
        List<Integer> percents = percents(topics, flag);
        return percents.isEmpty() ? 0 : percents.get(percents.size() - 1);
    }

    private static List<Long> revisions(JobTopics topics, String flag) {
        return log(topics, flag).stream()
                .map(each -> each.at("/metadata/millrace_revision").asLong())
                .toList();
    }

    private static List<String> kinds(JobTopics topics, String flag) {
        return topics.jsonOf("rollout-events").stream()
                .filter(event -> event.path("flag").asText().equals(flag))
                .map(event -> event.path("kind").asText())
                .toList();
    }

    private static JsonNode event(JobTopics topics, String flag, String kind) {
        return topics.jsonOf("rollout-events").stream()
                .filter(event -> event.path("flag").asText().equals(flag)
                        && event.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> events(JobTopics topics) {
        Map<String, String> events = new HashMap<>();
        for (JsonNode event : topics.jsonOf("rollout-events")) {
            String before = events.put(event.path("event_id").asText(), event.toString());
            assertThat(event.toString())
                    .as("what comes again says the same")
                    .isEqualTo(before == null ? event.toString() : before);
        }
        return events;
    }

    /** The events as they follow from the inbox. */
    private static Map<String, String> expected(JobTopics topics) throws IOException {
        ReplayAudit<RolloutState, RolloutInput, RolloutNews> audit = new ReplayAudit<>(
                        RolloutInput::read, RolloutInput::flag, new RolloutDecider())
                .read(topics.read("rollout-inbox"));
        Map<String, String> expected = new HashMap<>();
        for (RolloutNews news : audit.commands()) {
            if (Objects.nonNull(news.event())) {
                expected.put(
                        news.event().envelope().eventId().toString(),
                        JSON.readTree(news.event().toJson()).toString());
            }
        }
        return expected;
    }
}
