package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.testing.Await;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TopicNamesITCase extends BrokerAndCluster {

    @Test
    void aTopicIsFoundAlsoWhenItIsMadeLater() throws Exception {
        TestTopic there = new TestTopic(broker);
        String later = "topic-" + UUID.randomUUID();
        try (TopicNames names =
                new TopicNames(new KafkaConnection(broker.bootstrapServers(), new Properties()).adminProperties())) {
            assertThat(names.has(there.name)).isTrue();
            assertThat(names.has(later)).isFalse();

            try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
                topics.ensure(List.of(TopicSpec.logAppended(later, 1)));
            }

            Await.until("the new topic to be known", () -> names.has(later));
            assertThat(names.has(there.name)).isTrue();
        }
    }

    @Test
    void aTopicTakesAsMuchAsItsLimitSays() throws Exception {
        String small = "topic-" + UUID.randomUUID();
        try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers());
                TopicNames names = new TopicNames(
                        new KafkaConnection(broker.bootstrapServers(), new Properties()).adminProperties())) {
            topics.ensure(List.of(TopicSpec.logAppended(small, 1).with("max.message.bytes", "1000")));
            Await.until("the new topic to be known", () -> names.has(small));

            assertThat(names.takes(small, 1000)).isTrue();
            assertThat(names.takes(small, 1001)).isFalse();
            assertThat(names.takes("topic-" + UUID.randomUUID(), 1)).isFalse();

            topics.ensure(List.of(TopicSpec.logAppended(small, 1).with("max.message.bytes", "2000")));
            Await.until("the new limit to be known", () -> names.takes(small, 1001));
        }
    }

    @Test
    void aClusterThatDoesNotAnswerIsNotTakenForOneWithoutTopics() {
        Properties nobody = new KafkaConnection("localhost:1", new Properties()).adminProperties();
        nobody.put("default.api.timeout.ms", "500");
        nobody.put("request.timeout.ms", "400");
        try (TopicNames names = new TopicNames(nobody)) {
            assertThat(names.has("any")).isTrue();
            assertThat(names.takes("any", 1)).isTrue();
        }
    }
}
