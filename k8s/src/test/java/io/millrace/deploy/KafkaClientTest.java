package io.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's clients find the credentials where the chart mounts them, and a job's graph holds none. */
class KafkaClientTest {
    private static final String MOUNT = "/opt/millrace/kafka-credentials";
    private static final String JAAS = "org.apache.kafka.common.security.scram.ScramLoginModule required"
            + " username=\"tasks-job\" password=\"p\";";

    @TempDir
    Path secret;

    @Test
    void aClientReadsItsCredentialsFromTheMountedSecret() throws Exception {
        Files.writeString(secret.resolve("sasl.jaas.config"), JAAS);
        Properties properties = properties("production");
        properties.put("bootstrap.servers", "localhost:1");

        ProducerConfig producer =
                new ProducerConfig(with(properties, ByteArraySerializer.class, "key.serializer", "value.serializer"));
        ConsumerConfig consumer = new ConsumerConfig(
                with(properties, ByteArrayDeserializer.class, "key.deserializer", "value.deserializer"));

        assertThat(producer.getPassword(SaslConfigs.SASL_JAAS_CONFIG)).isEqualTo(new Password(JAAS));
        assertThat(consumer.getPassword(SaslConfigs.SASL_JAAS_CONFIG)).isEqualTo(new Password(JAAS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"with-confluent", "with-redpanda", "with-event-hubs"})
    void everyBrokerIsReachedWithTlsAndAPassword(String overlay) throws Exception {
        Properties properties = properties("production", overlay);

        assertThat(properties).containsEntry("security.protocol", "SASL_SSL");
        assertThat(properties.getProperty("sasl.jaas.config")).startsWith("${");
        assertThat(List.of("PLAIN", "SCRAM-SHA-512")).contains(properties.getProperty("sasl.mechanism"));
    }

    private Properties properties(String... files) throws Exception {
        String rendered = Project.find(Project.render(files), "ConfigMap/millrace-kafka-client")
                .body()
                .at("/data/client.properties")
                .asText();
        Properties properties = new Properties();
        properties.load(new StringReader(rendered.replace(MOUNT, secret.toString())));
        return properties;
    }

    private static Properties with(Properties properties, Class<?> type, String... keys) {
        Properties all = new Properties();
        all.putAll(properties);
        for (String key : keys) {
            all.put(key, type);
        }
        return all;
    }
}
