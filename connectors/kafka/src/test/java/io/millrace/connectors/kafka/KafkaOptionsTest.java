package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void namesAreThoseOfTheJob() {
        assertThat(KafkaOptions.groupId("g").defaultValue()).isEqualTo("g");
        assertThat(KafkaOptions.transactionalIdPrefix("p").defaultValue()).isEqualTo("p");
    }
}
