package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.kafka.KafkaConnection.Delivery;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaOptionsTest {
    @TempDir
    Path directory;

    @Test
    void clientsAreGivenTheAddressAndThePropertiesOfTheFile() throws Exception {
        Path file = Files.writeString(directory.resolve("client.properties"), "security.protocol=SSL\n");
        Configuration values = new Configuration();
        values.set(KafkaOptions.BOOTSTRAP_SERVERS, "kafka:9092");
        values.set(KafkaOptions.CLIENT_PROPERTIES_FILE, file.toString());

        assertThat(KafkaOptions.connection(values).adminProperties())
                .containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("security.protocol", "SSL");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        Configuration values = new Configuration();
        values.set(KafkaOptions.CLIENT_PROPERTIES_FILE, "/no/such/file");

        assertThatThrownBy(() -> KafkaOptions.connection(values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kafka.properties-file: /no/such/file");
    }

    @Test
    void aSinkDeliversAsItsOwnSettingSaysElseAsTheDefault() {
        var topic = KafkaOptions.topic("results", "results", "Results out.");
        var delivery = KafkaOptions.delivery("results");
        Configuration values = new Configuration();
        assertThat(Destination.of(values, topic, delivery))
                .isEqualTo(new Destination("results", Delivery.AT_LEAST_ONCE));

        values.setString("delivery.default", "exactly-once");
        values.setString("topics.results", "mine");
        assertThat(Destination.of(values, topic, delivery)).isEqualTo(new Destination("mine", Delivery.EXACTLY_ONCE));

        values.setString("delivery.results", "at-least-once");
        assertThat(Destination.of(values, topic, delivery)).isEqualTo(new Destination("mine", Delivery.AT_LEAST_ONCE));
        assertThat(KafkaOptions.groupId("g").defaultValue()).isEqualTo("g");
        assertThat(KafkaOptions.transactionalIdPrefix("p").defaultValue()).isEqualTo("p");
    }
}
