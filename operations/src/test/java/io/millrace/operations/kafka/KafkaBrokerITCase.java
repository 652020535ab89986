package io.millrace.operations.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KafkaBrokerITCase {

    @TempDir
    Path directory;

    @Test
    void recordsCarryTheTimeOfTheLogAndSurviveARestart() throws Exception {
        // Given a broker with the task topics and one record with a timestamp of its producer's own
        long before = System.currentTimeMillis();
        int port;
        try (KafkaBroker broker = start()) {
            port = broker.port();
            send(broker, "first", 42L);

            // Then the log has stamped it
            ConsumerRecord<String, String> read = read(broker, 1).get(0);
            assertThat(read.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
            assertThat(read.timestamp()).isBetween(before, System.currentTimeMillis());
        }

        // When it starts again on the same directory and port
        try (KafkaBroker broker = KafkaBroker.at(directory).port(port).start()) {
            send(broker, "second", 43L);

            // Then the first record is still there
            assertThat(read(broker, 2)).extracting(ConsumerRecord::value).containsExactly("first", "second");
        }
    }

    @Test
    void taskTopicsAreMadeOnceAndGivenTheirSettings() {
        try (KafkaBroker broker = KafkaBroker.at(directory).start();
                TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            // Given a topic that is there, with other settings
            topics.ensure(List.of(new TopicSpec(Topics.REMINDERS, 2, Map.of())));
            assertThat(topics.setting(Topics.REMINDERS, "message.timestamp.type"))
                    .isEqualTo("CreateTime");

            // When
            topics.ensureTaskTopics(TopicAdmin.DEFAULT_PARTITIONS);
            topics.ensureTaskTopics(TopicAdmin.DEFAULT_PARTITIONS);

            // Then
            assertThat(topics.names())
                    .containsExactlyInAnyOrder(
                            Topics.TASK_EVENTS, Topics.REMINDERS, Topics.TASK_UPDATES, Topics.TASK_EVENTS_DLQ);
            assertThat(topics.setting(Topics.REMINDERS, "message.timestamp.type"))
                    .isEqualTo("LogAppendTime");
            assertThat(topics.setting(Topics.TASK_EVENTS_DLQ, "max.message.bytes"))
                    .isEqualTo(Integer.toString(20 << 20));
            assertThat(topics.partitions(Topics.REMINDERS)).isEqualTo(2);
            assertThat(topics.partitions(Topics.TASK_EVENTS)).isEqualTo(4);
        }
    }

    @Test
    void aStoppedBrokerStaysStoppedAndLeavesItsPortToOthers() {
        KafkaBroker broker = start();
        broker.close();
        broker.close();

        try (KafkaBroker other =
                KafkaBroker.at(directory.resolve("other")).port(broker.port()).start()) {
            assertThat(other.port()).isEqualTo(broker.port());
        }
    }

    @Test
    void theRegistryOfAgentsIsCompactedAndInOneOrder() {
        try (KafkaBroker broker = KafkaBroker.at(directory).start();
                TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            topics.ensureAgentTopics(TopicAdmin.DEFAULT_PARTITIONS);

            assertThat(topics.partitions(Topics.AGENT_REGISTRY)).isEqualTo(1);
            assertThat(topics.setting(Topics.AGENT_REGISTRY, "cleanup.policy")).isEqualTo("compact");
            assertThat(topics.partitions(Topics.AGENT_CALLS)).isEqualTo(4);
            assertThat(topics.setting(Topics.AGENT_REPLIES, "retention.ms")).isEqualTo("86400000");
            for (String topic : topics.names()) {
                assertThat(topics.setting(topic, "message.timestamp.type"))
                        .as(topic)
                        .isEqualTo("LogAppendTime");
            }
        }
    }

    @Test
    void aPortInUseIsNamed() {
        try (KafkaBroker broker = KafkaBroker.at(directory.resolve("one")).start()) {
            KafkaBroker.Builder second =
                    KafkaBroker.at(directory.resolve("two")).port(broker.port());

            assertThatThrownBy(second::start)
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("Port " + broker.port() + " on localhost")
                    .extracting(e -> ((PortInUseException) e).port())
                    .isEqualTo(broker.port());
        }
    }

    @Test
    void aDirectoryThatABrokerUsesIsRefusedToASecondOne() {
        try (KafkaBroker broker = KafkaBroker.at(directory).start()) {
            assertThat(broker.dataDirectory()).isEqualTo(directory);

            assertThatThrownBy(() -> KafkaBroker.at(directory).start())
                    .hasMessageContaining("Another broker uses")
                    .hasMessageContaining(directory.toString());
        }
    }

    private KafkaBroker start() {
        KafkaBroker broker = KafkaBroker.at(directory).start();
        try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            topics.ensureTaskTopics(TopicAdmin.DEFAULT_PARTITIONS);
        }
        return broker;
    }

    private static void send(KafkaBroker broker, String value, long timestamp) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.TASK_EVENTS, 1, timestamp, "u-1", value))
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static List<ConsumerRecord<String, String>> read(KafkaBroker broker, int count) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(Topics.TASK_EVENTS, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (records.size() < count) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
