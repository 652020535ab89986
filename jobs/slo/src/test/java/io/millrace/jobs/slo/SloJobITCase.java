package io.millrace.jobs.slo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.auditor.AlertAuditor;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.testing.jobs.JobBed;
import io.millrace.testing.jobs.JobTopics;
import io.millrace.testing.kafka.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a consumer group, against what its test did to it; on a real broker and a real cluster. */
@Timeout(300)
class SloJobITCase {
    private static final String GROUP = "reader-1";

    @TempDir
    static Path directory;

    private static JobBed bed;
    private static JobTopics topics;
    private static JobID job;
    private static Admin admin;
    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void start() throws Exception {
        bed = JobBed.start(SloJob.JOB, directory, 2, 1);
        topics = bed.topics("told-");
        Map<String, Object> client = Map.of("bootstrap.servers", bed.broker().bootstrapServers(), "linger.ms", 0);
        admin = Admin.create(Map.of("bootstrap.servers", bed.broker().bootstrapServers()));
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        job = bed.run(2, topics.arguments("--interval", "500 ms", "--groups", "reader-.*"));
        topics.publish(
                "slo-definitions",
                "fresh",
                """
                {"schema_version":1,"event_id":"00000000-0000-0000-0000-000000000001","event_type":"slo.defined","occurred_at":"2026-12-01T00:00:00Z",
                 "name":"fresh","group_pattern":"reader-.*","topic":"orders","max_lag_seconds":2,"normal_lag_seconds":1,"min_samples":1,"alert":"breach"}
                """);
    }

    @AfterAll
    static void stop() throws Exception {
        bed.cluster().cancel(job);
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
        topics.close();
        bed.close();
    }

    @Test
    void aGroupThatStaysBehindIsToldOfOnceThoughTaskManagersDieAndInputsAreBad() throws Exception {
        make("orders");
        List<Long> loggedAt = write("orders", 10);
        commit("orders", 10);
        await(
                "the group is known",
                "orders",
                status -> status.path("lag_records").asLong() == 0);
        byte[] bad = {'{', 0, 'x'};
        topics.publish("lag-samples", "x", bad);
        topics.publish("slo-definitions", "x", bad);
        loggedAt.addAll(write("orders", 5));
        commit("orders", 12);

        topics.await("an alert", () -> !ids("opened").isEmpty());
        JsonNode opened = topics.jsonOf("slo-alerts").get(0);
        assertThat(opened.path("lag_ms").asLong())
                .as("since the record at offset 12 was logged, by the broker's clock")
                .isEqualTo(Instant.parse(opened.path("occurred_at").asText()).toEpochMilli() - loggedAt.get(12));
        assertThat(opened.path("lag_records").asLong()).isEqualTo(3);
        assertThat(opened.path("at_least").asBoolean()).isFalse();
        bed.cluster().awaitCheckpoint(job);
        bed.cluster().replaceTaskManagers();
        bed.cluster().awaitRunning(job);
        long before = samples();
        topics.await("looks go on", () -> samples() > before + 5);

        commit("orders", 15);
        topics.await("it is resolved", () -> !ids("resolved").isEmpty());

        assertThat(ids("opened")).hasSize(1);
        assertThat(ids("resolved")).hasSize(1);
        assertThat(offences()).isEmpty();
        topics.await(
                "dead letters",
                () -> !topics.read("lag-samples-dlq").isEmpty()
                        && !topics.read("slo-definitions-dlq").isEmpty());
        assertThat(topics.read("lag-samples-dlq"))
                .extracting(ConsumerRecord::value)
                .contains(bad);
    }

    @Test
    void aTopicThatIsMadeAgainAndOffsetsThatAreResetAreSeen() throws Exception {
        make("bills");
        write("bills", 20);
        commit("bills", 20);
        await(
                "the group is known",
                "bills",
                status -> status.path("lag_records").asLong() == 0);

        commit("bills", 5);
        await(
                "it went back",
                "bills",
                status -> status.path("verdict").asText().equals("rewound")
                        && status.path("lag_records").asLong() == 15);
        admin.deleteTopics(Set.of("bills")).all().get();
        topics.await("the topic is gone", () -> latest().get(GROUP + "/bills").value() == null);

        make("bills");
        write("bills", 3);
        commit("bills", 50);
        await(
                "all of it is unread",
                "bills",
                status -> status.path("lag_records").asLong() == 3
                        && status.path("at_least").asBoolean());
        commit("bills", 3);
        await(
                "all of it is read",
                "bills",
                status -> status.path("verdict").asText().equals("ok")
                        && status.path("lag_records").asLong() == 0);
    }

    private static void make(String topic) {
        try (TopicAdmin making = new TopicAdmin(bed.broker().bootstrapServers())) {
            making.ensure(List.of(TopicSpec.logAppended(topic, 1)));
        }
    }

    /** When each record was logged. */
    private static List<Long> write(String topic, int records) throws Exception {
        List<Long> loggedAt = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            loggedAt.add(producer.send(new ProducerRecord<>(topic, 0, null, new byte[] {1}))
                    .get()
                    .timestamp());
        }
        return loggedAt;
    }

    private static void commit(String topic, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(GROUP, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    private static Set<String> ids(String state) {
        return topics.jsonOf("slo-alerts").stream()
                .filter(alert -> alert.path("state").asText().equals(state))
                .map(alert -> alert.path("event_id").asText())
                .collect(Collectors.toSet());
    }

    private static List<String> offences() {
        AlertAuditor auditor = new AlertAuditor();
        topics.jsonOf("slo-alerts").forEach(auditor::take);
        return auditor.offences();
    }

    private static long samples() {
        return topics.read("lag-samples").size();
    }

    private static void await(String what, String topic, Predicate<JsonNode> status) throws Exception {
        topics.await(what, () -> {
            ConsumerRecord<byte[], byte[]> last = latest().get(GROUP + "/" + topic);
            return last != null && last.value() != null && status.test(TopicProbe.json(last));
        });
    }

    private static Map<String, ConsumerRecord<byte[], byte[]>> latest() {
        Map<String, ConsumerRecord<byte[], byte[]>> latest = new HashMap<>();
        topics.read("slo-status")
                .forEach(record -> latest.put(new String(record.key(), StandardCharsets.UTF_8), record));
        return latest;
    }
}
