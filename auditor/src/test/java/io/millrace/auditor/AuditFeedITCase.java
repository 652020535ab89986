package io.millrace.auditor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AuditFeedITCase {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void readsAHistoryFromItsBeginningAndThenOn() throws Exception {
        try (KafkaBroker broker = KafkaBroker.at(directory).start();
                TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            // Given a task without a due date, and a bad record
            topics.ensureTaskTopics(1);
            History history = new History();
            UUID created =
                    history.append(0, history.event("task.created", "t-1").put("title", "Pay"));
            History.Entry update = history.update(0, created, "t-1", 1, "open", null);
            history.bytes(0, "nonsense".getBytes(StandardCharsets.UTF_8));
            history.deadLetter(0, 1, "not_json");
            publish(broker, history);

            try (AuditFeed feed = new AuditFeed(broker.bootstrapServers(), AuditSettings.crashFree())) {
                // When it is audited, then nothing is wrong
                AuditReport report = feed.audit(LIMIT);
                assertThat(report.isClean()).as(report::toString).isTrue();
                assertThat(report.events()).isEqualTo(2);
                assertThat(report.deadLetters()).isEqualTo(1);

                // When the update comes again, then that is found by reading on
                History again = new History();
                again.updates.add(update);
                publish(broker, again);
                while (feed.poll(Duration.ofMillis(100)) == 0) {
                    assertThat(feed.report(Instant.now()).isClean()).isTrue();
                }
                assertThat(feed.report(Instant.now()).count(OffenceKind.ORDER)).isEqualTo(1);
            }
            AuditReport atRest = AuditFeed.audit(broker.bootstrapServers(), AuditSettings.crashFree(), LIMIT);
            assertThat(atRest.count(OffenceKind.ORDER)).isEqualTo(1);
        }
    }

    @Test
    void saysWhenATopicIsMissing() {
        try (KafkaBroker broker = KafkaBroker.at(directory).start();
                TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            topics.ensureTaskTopics(1);
            AuditSettings settings = AuditSettings.crashFree()
                    .of(
                            AuditSettings.JobTimes.DEFAULT,
                            new AuditSettings.TopicNames(
                                    Topics.TASK_EVENTS, "none-such", Topics.TASK_UPDATES, Topics.TASK_EVENTS_DLQ));

            assertThatThrownBy(() -> new AuditFeed(broker.bootstrapServers(), settings).close())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("none-such");
        }
    }

    private static void publish(KafkaBroker broker, History history) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (ConsumerRecord<byte[], byte[]> each : history.records()) {
                ProducerRecord<byte[], byte[]> record =
                        new ProducerRecord<>(each.topic(), 0, null, each.key(), each.value(), each.headers());
                producer.send(record).get(30, TimeUnit.SECONDS);
            }
        }
    }
}
