package io.millrace.local.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.cli.CommandRunner;
import io.millrace.local.topic.KafkaConnection;
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

    private void flagsGoToFilesAndCome(KafkaBroker broker) throws Exception {
        Path file = directory.resolve("flags.json");
        assertThat(rollout(broker, "export", "--into", file.toString())).isZero();
        assertThat(commands.out()).isEqualTo("wrote " + file + "\n");
        assertThat(rollout(broker, "import", file.toString())).isZero();
        assertThat(commands.out()).isEqualTo("published 0 flags, 1 stood there already\n");

        String text = Files.readString(file);
        Files.writeString(file, text.replace("\"defaultVariant\" : \"old\"", "\"defaultVariant\" : \"new\""));
        assertThat(rollout(broker, "import", file.toString())).isZero();
        assertThat(commands.out()).isEqualTo("published 1 flag, 0 stood there already\n");
        assertThat(rollout(broker, "export")).isZero();
        assertThat(commands.out()).contains("\"defaultVariant\" : \"new\"");
        follows(broker, text);

        Files.writeString(file, text.replace("ENABLED", "ON"));
        assertThat(rollout(broker, "import", file.toString())).isEqualTo(1);
        assertThat(commands.err())
                .contains(file + ": flags.checkout: state: must be ENABLED or DISABLED")
                .contains("nothing of " + file + " is published");
        assertThat(rollout(broker, "export", "--follow")).isEqualTo(2);
        assertThat(commands.err()).contains("--follow: needs --into FILE");
    }

    private static void follows(KafkaBroker broker, String wanted) throws Exception {
        KafkaConnection kafka = KafkaConnection.to(broker.bootstrapServers());
        String definition = FlagFile.parse(wanted.getBytes(StandardCharsets.UTF_8), problem -> {})
                .get("checkout");
        List<String> seen = new ArrayList<>();
        Flags.follow(
                kafka,
                flags -> {
                    seen.add(flags.get("checkout"));
                    if (seen.size() == 1) {
                        Flags.publish(kafka, Map.of("checkout", definition));
                    }
                },
                () -> seen.size() < 2);
        assertThat(seen.get(0)).contains("\"defaultVariant\":\"new\"");
        assertThat(seen.get(1)).isEqualTo(definition);
    }

    private void isAskedWhetherItMayBegin(KafkaBroker broker) throws Exception {
        assertThat(rollout(broker, "ready", "checkout-v2")).isEqualTo(1);
        assertThat(commands.err()).contains("there is no roll-out 'checkout-v2'");

        String defined =
                """
                {"schema_version":1,"event_id":"00000000-0000-0000-0000-000000000001","event_type":"rollout.defined",
                 "occurred_at":"2026-12-01T00:00:00Z","name":"checkout","flag":"checkout","to":"new","from":"old",
                 "strategy":"progressive","pace":"fast"}""";
        write(broker, Topics.ROLLOUT_DEFINITIONS, defined.getBytes(StandardCharsets.UTF_8));
        String status = new String(example("rollout.status"), StandardCharsets.UTF_8)
                .replace("checkout-v2", "checkout")
                .replace("\"running\"", "\"planned\"");
        write(broker, Topics.ROLLOUT_STATUS, status.getBytes(StandardCharsets.UTF_8));

        assertThat(rollout(broker, "ready", "checkout", "--run", "tests=echo one failed; exit 3"))
                .isEqualTo(1);
        assertThat(commands.out())
                .containsPattern("flag +go +serves \"old\" to everybody\n")
                .containsPattern("lag +unknown +the job slo has told nothing; does it run")
                .containsPattern("tests +NO GO +exit status 3 after ")
                .endsWith("no go: lag, budgets, alerts, tests\n");
        assertThat(commands.err()).contains("one failed");

        assertThat(rollout(broker, "ready", "checkout", "--without", "lag,budgets,alerts", "--run", "tests=true"))
                .isZero();
        assertThat(commands.out()).endsWith("\ngo\n");
        assertThat(rollout(broker, "ready", "checkout", "--without", "lag,budgets,alerts", "--json"))
                .isZero();
        assertThat(commands.out())
                .startsWith(
                        "{\"rollout\":\"checkout\",\"go\":true,\"checks\":[{\"check\":\"phase\",\"verdict\":\"go\",");
        assertThat(rollout(broker, "ready", "checkout", "--without", "budget")).isEqualTo(2);
        assertThat(commands.err()).contains("--without: nothing asks 'budget'; there are: phase, flag, ");
        assertThat(rollout(
                        broker,
                        "ready",
                        "checkout",
                        "--without",
                        "lag,budgets,alerts",
                        "--prometheus",
                        "http://localhost:1"))
                .isEqualTo(1);
        assertThat(commands.out()).containsPattern("firing +unknown +Prometheus does not answer at http://localhost:1");
    }

    @Test
    void rolloutsAreListedShownAndTold() throws Exception {
        Path flag = Files.writeString(
                directory.resolve("flag.json"),
                "{\"state\":\"ENABLED\",\"variants\":{\"new\":true,\"old\":false},\"defaultVariant\":\"old\"}");
        try (KafkaBroker broker = KafkaBroker.at(directory.resolve("kafka")).start()) {
            try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
                topics.ensure(Stream.of(
                                Topics.FLAGS,
                                Topics.ROLLOUT_DEFINITIONS,
                                Topics.ROLLOUT_DEFINITIONS + Topics.DEAD_LETTER_SUFFIX,
                                Topics.ROLLOUT_INBOX,
                                Topics.ROLLOUT_COMMANDS,
                                Topics.ROLLOUT_EVENTS,
                                Topics.ROLLOUT_STATUS)
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

            isAskedWhetherItMayBegin(broker);
            flagsGoToFilesAndCome(broker);
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
