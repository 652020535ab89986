package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.testing.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class WholeTopicITCase extends BrokerAndCluster {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private WholeTopic whole(String topic) {
        return new WholeTopic(
                new KafkaConnection(broker.bootstrapServers(), new Properties()).adminProperties(), topic, PATIENCE);
    }

    private List<String> read(String topic) throws IOException {
        List<String> read = new ArrayList<>();
        whole(topic).read((key, value) -> read.add(text(key) + "=" + text(value)));
        return read;
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
    }

    private KafkaProducer<String, String> producer(String transactionalId) {
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        if (transactionalId != null) {
            properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        }
        return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    }

    @Test
    void allThatATopicHoldsIsReadDeletionsAmongIt() throws Exception {
        TestTopic topic = new TestTopic(broker);
        assertThat(read(topic.name)).isEmpty();
        try (KafkaProducer<String, String> producer = producer(null)) {
            for (int i = 0; i < 12_000; i++) {
                producer.send(new ProducerRecord<>(topic.name, "k" + i, "v" + i));
            }
            producer.send(new ProducerRecord<>(topic.name, "k1", null));
        }

        List<String> read = read(topic.name);
        assertThat(read).hasSize(12_001).contains("k1=null", "k11999=v11999");
        assertThat(read.indexOf("k1=v1")).isLessThan(read.indexOf("k1=null"));
    }

    @Test
    void whatIsNotYetCommittedIsRead() throws Exception {
        TestTopic topic = new TestTopic(broker);
        try (KafkaProducer<String, String> producer = producer("whole-" + UUID.randomUUID())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic.name, "k", "v"));
            producer.flush();

            assertThat(read(topic.name)).containsExactly("k=v");
            producer.abortTransaction();
        }
        read(topic.name);
    }

    @Test
    void aTopicThatIsNotThereAndABrokerThatIsNotAreSaid() {
        assertThatThrownBy(() -> read("none-" + UUID.randomUUID())).isInstanceOf(IOException.class);

        Properties nobody = new KafkaConnection("localhost:1", new Properties()).adminProperties();
        assertThatThrownBy(() -> new WholeTopic(nobody, "any", Duration.ofMillis(500)).read((key, value) -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the topic any can't be read");
    }

    /** What erasure rests on, with short times: see the topic of keys in docs/pii.md. */
    @Test
    void aRecordIsGoneOnceItsDeletionWasWrittenAgainInALaterSegment() throws Exception {
        String name = "topic-" + UUID.randomUUID();
        try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            topics.ensure(List.of(TopicSpec.logAppended(name, 1)
                    .with(Map.of(
                            "cleanup.policy", "compact",
                            "segment.ms", "1000",
                            "max.compaction.lag.ms", "1500",
                            "delete.retention.ms", "86400000"))));
        }
        try (KafkaProducer<String, String> producer = producer(null)) {
            producer.send(new ProducerRecord<>(name, "erased", "secret"));
            producer.send(new ProducerRecord<>(name, "kept", "value"));
            producer.send(new ProducerRecord<>(name, "erased", null));
            producer.flush();
            assertThat(read(name)).contains("erased=secret");

            // A segment is over once its time is, and a record comes.
            Await.until("the record to be gone", () -> {
                producer.send(new ProducerRecord<>(name, "erased", null));
                producer.flush();
                return !read(name).contains("erased=secret");
            });
        }
        assertThat(read(name)).contains("kept=value", "erased=null");
    }
}
