package io.millrace.local.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.cli.CommandRunner;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.rollout.RolloutStatus;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a real broker, on which what the job says was written beforehand. */
class RolloutCommandsITCase {
    @TempDir
    private static Path directory;

    private final CommandRunner commands = new CommandRunner();

    private int rollout(KafkaBroker broker, String... args) {
        return run(broker, "rollout", args);
    }

    private int run(KafkaBroker broker, String command, String... args) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(args));
        all.addAll(List.of("--kafka", broker.bootstrapServers()));
        return commands.run(all.toArray(String[]::new));
    }

    private static byte[] example(String type) throws IOException {
        try (InputStream in = RolloutStatus.class.getResourceAsStream("/examples/" + type + ".v1.json")) {
            return in.readAllBytes();
        }
    }

    private static void write(KafkaBroker broker, String topic, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, "checkout".getBytes(StandardCharsets.UTF_8), value))
                    .get();
        }
    }

    private void safety(KafkaBroker broker) {
        assertThat(run(broker, "safety", "stop")).isEqualTo(1);
        assertThat(commands.err()).contains("--reason is missing");
        assertThat(run(broker, "safety", "stop", "--tenant", "acme", "--as", "ann", "--reason", "they ask for it"))
                .isZero();
        assertThat(commands.out()).startsWith("stop is on");
        assertThat(run(broker, "safety", "read-only", "--reason", "maintenance"))
                .isZero();
        assertThat(run(broker, "safety", "show")).isZero();
        assertThat(commands.out())
                .containsPattern("stop +ON for the tenants acme, by ann at .*: they ask for it")
                .containsPattern("read-only +ON, by ")
                .containsPattern("maintenance +off\\n");
        assertThat(run(broker, "safety", "clear", "everything")).isEqualTo(1);
        assertThat(commands.err()).contains("there is no 'everything'; there are stop, read-only, maintenance");
        assertThat(run(broker, "safety", "clear", "--reason", "it is over")).isZero();
        assertThat(commands.out()).isEqualTo("stop is off\nread-only is off\n");
    }

    @Test
    void rolloutsAreListedShownAndTold() throws Exception {
        Path flag = Files.writeString(
                directory.resolve("flag.json"),
                "{\"state\":\"ENABLED\",\"variants\":{\"new\":true,\"old\":false},\"defaultVariant\":\"old\"}");
        try (KafkaBroker broker = KafkaBroker.at(directory.resolve("kafka")).start()) {
            try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
                topics.ensure(
                        Stream.of(Topics.FLAGS, Topics.ROLLOUT_COMMANDS, Topics.ROLLOUT_EVENTS, Topics.ROLLOUT_STATUS)
                                .map(topic -> TopicSpec.logAppended(topic, 1))
                                .toList());
            }
            safety(broker);
            assertThat(rollout(broker, "list")).isZero();
            assertThat(commands.out()).contains("there is no roll-out; ./millrace rollout apply FILE defines some");
            assertThat(rollout(broker, "show", "checkout-v2")).isEqualTo(1);
            assertThat(commands.err()).contains("there is no roll-out 'checkout-v2'; there are: none");

            assertThat(rollout(broker, "flag", "checkout", flag.toString())).isZero();
            assertThat(commands.out()).isEqualTo("published checkout\n");
            assertThat(rollout(broker, "freeze", "*", "--reason", "Friday")).isZero();
            assertThat(commands.out()).isEqualTo("told all: freeze\n");

            write(broker, Topics.ROLLOUT_STATUS, example("rollout.status"));
            write(broker, Topics.ROLLOUT_EVENTS, example("rollout.event"));
            assertThat(rollout(broker, "list", "--json")).isZero();
            assertThat(commands.out()).contains("\"rollout\":\"checkout-v2\"");
            assertThat(rollout(broker, "list")).isZero();
            assertThat(commands.out()).contains("checkout-v2").contains("running");
            assertThat(rollout(broker, "show", "checkout")).isZero();
            assertThat(commands.out()).contains("checkout-v2  flag checkout").contains("errors");
        }
    }
}
