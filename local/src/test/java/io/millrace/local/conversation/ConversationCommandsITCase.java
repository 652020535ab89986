package io.millrace.local.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.cli.CommandRunner;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a customer and a person who answers see at the keyboard. */
class ConversationCommandsITCase {

    @TempDir
    private static Path directory;

    private static KafkaBroker broker;
    private static StandInConversations job;

    private final CommandRunner commands = new CommandRunner();

    @BeforeAll
    static void start() {
        broker = KafkaBroker.at(directory.resolve("kafka"))
                .setting("log.retention.check.interval.ms", "300")
                .setting("log.initial.task.delay.ms", "300")
                .setting("log.segment.delete.delay.ms", "100")
                .start();
        try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            topics.ensure(List.of(
                    TopicSpec.logAppended(Topics.CONVERSATION_EVENTS, 2).with("segment.ms", "500"),
                    TopicSpec.deadLetters(Topics.CONVERSATION_EVENTS_DLQ, 1),
                    TopicSpec.logAppended(Topics.CONVERSATION_INBOX, 2),
                    TopicSpec.logAppended(Topics.CONVERSATION_REPLIES, 2).with("segment.ms", "500"),
                    TopicSpec.logAppended(Topics.ESCALATIONS, 2),
                    TopicSpec.logAppended(Topics.CONVERSATION_UPDATES, 2).with(Map.of("cleanup.policy", "compact"))));
        }
        job = new StandInConversations(KafkaConnection.to(broker.bootstrapServers()));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        job.close();
        broker.close();
    }

    private int run(String input, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--kafka", broker.bootstrapServers()));
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return commands.run(all.toArray(String[]::new));
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void whatACustomerWritesIsAnsweredShownAndErased() throws Exception {
        assertThat(run("I am ann@example.com\n", "chat", "--conversation", "c-1", "--customer", "cu-1"))
                .isZero();
        assertThat(commands.out())
                .startsWith("conversation c-1\n")
                .contains("assistant: We write to ann@example.com.\n    - Contact, https://shop.example.com/c\n");

        assertThat(run("", "conversation", "show", "c-1")).isZero();
        assertThat(commands.out())
                .startsWith("c-1  open\n")
                .contains("1 message, 1 turn, 1 answer")
                .contains("customer: I am " + StandInConversations.TOKEN)
                .contains("assistant: We write to " + StandInConversations.TOKEN + ".")
                .contains("completed, cost 0.00016")
                .doesNotContain(StandInConversations.PERSONAL);
        assertThat(run("", "conversation", "show", "c-1", "--json")).isZero();
        JsonNode shown = new ObjectMapper().readTree(commands.out());
        assertThat(shown.at("/conversation/state").asText()).isEqualTo("open");
        assertThat(shown.path("transcript")).hasSize(3);
        assertThat(run("", "conversation", "list", "--state", "open")).isZero();
        assertThat(commands.out()).containsPattern("c-1 +open +cu-1 +en +other");

        assertThat(run("", "conversation", "erase", "cu-1")).isZero();
        assertThat(commands.out()).contains("erased c-1\n", "erased 1 conversation\n", "conversation-replies");
        assertThat(run("", "conversation", "list", "--state", "erased", "--json"))
                .isZero();
        assertThat(commands.out()).contains("\"conversation_id\":\"c-1\"").doesNotContain("cu-1");
        assertThat(run("", "conversation", "erase", "cu-1")).isZero();
        assertThat(commands.out()).contains("no view names this customer");
    }

    @Test
    void whatLiesInTheClearIsTakenAwayOnceAllHaveReadIt() throws Exception {
        String secret = "only.here@example.com";
        assertThat(run("I am " + secret + "\n", "chat", "--conversation", "p-1", "--customer", "cu-p"))
                .isZero();
        assertThat(filesWith(secret)).isNotEmpty();

        assertThat(run("", "conversation", "erase", "cu-p", "--purge", "--wait", "1s"))
                .as("nobody has said that it is read")
                .isEqualTo(1);
        assertThat(commands.err()).contains("not read yet by the job conversations");
        readBy("millrace-conversations", Topics.CONVERSATION_EVENTS, true);
        readBy("mirror", Topics.CONVERSATION_EVENTS, false);
        assertThat(run("", "conversation", "erase", "cu-p", "--purge", "--wait", "1s"))
                .isEqualTo(1);
        assertThat(commands.err()).contains("not read yet by millrace-conversations, mirror");

        readBy("mirror", Topics.CONVERSATION_EVENTS, true);
        try (ClearText clear = new ClearText(KafkaConnection.to(broker.bootstrapServers()))) {
            readBy("millrace-conversations", Topics.CONVERSATION_EVENTS, true);
            readBy("mirror", Topics.CONVERSATION_EVENTS, true);
            ClearText.Purged purged = clear.purge(Duration.ofSeconds(60));
            assertThat(purged.heldBack()).isZero();
            assertThat(purged.records()).isPositive();
        }
        Await.until(
                "the files to be gone",
                Duration.ofSeconds(120),
                () -> filesWith(secret).toString(),
                () -> {
                    // Segments end when a record comes.
                    run("hello\n", "chat", "--conversation", "p-2", "--wait", "5s");
                    run("hello\n", "chat", "--conversation", "p-3", "--wait", "5s");
                    return filesWith(secret).isEmpty();
                });
    }

    /** As far as the topic goes now, or not at all. */
    private static void readBy(String group, String topic, boolean all) throws Exception {
        KafkaConnection kafka = KafkaConnection.to(broker.bootstrapServers());
        try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(group)) {
            Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
            consumer.endOffsets(kafka.partitions(topic))
                    .forEach((partition, end) -> read.put(partition, new OffsetAndMetadata(all ? end : 0)));
            consumer.commitSync(read);
        }
    }

    /** Of the topics by which messages come and go: what stands in for the job is no vault, and writes on as it reads. */
    private static List<Path> filesWith(String text) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains(Topics.CONVERSATION_EVENTS)
                            || file.toString().contains(Topics.CONVERSATION_REPLIES))
                    .filter(file -> {
                        try {
                            return Files.readString(file, StandardCharsets.ISO_8859_1)
                                    .contains(text);
                        } catch (IOException e) {
                            // Gone meanwhile.
                            return false;
                        }
                    })
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPersonTakesOverAnswersAndHandsBack() {
        assertThat(run("a person please\n", "chat", "--conversation", "c-2")).isZero();
        assertThat(commands.out()).contains("assistant (handover): ");

        assertThat(run("/take\nHere I am\n", "chat", "--conversation", "c-2", "--as-agent", "eve"))
                .isZero();
        assertThat(commands.out())
                .contains("customer: a person please")
                .contains("! a person is to answer by ")
                .contains("P2: customer_asked");
        assertThat(run("anybody?\n", "chat", "--conversation", "c-2", "--wait", "2s"))
                .as("nobody writes")
                .isEqualTo(1);
        assertThat(run("/nonsense\n/release\n", "chat", "--conversation", "c-2", "--as-agent", "eve"))
                .as("one line was not sent")
                .isEqualTo(1);
        assertThat(run("and now?\n", "chat", "--conversation", "c-2")).isZero();
        assertThat(commands.out()).contains("assistant: We write to you.");
        assertThat(run("/close solved\n", "chat", "--conversation", "c-2", "--as-agent", "eve"))
                .isZero();
        assertThat(commands.out()).contains("eve took over", "eve: Here I am", "handed back to agents");
    }

    @Test
    void whatIsNotKnownIsSaid() {
        assertThat(run("", "conversation", "show", "nobody")).isEqualTo(1);
        assertThat(run("", "chat")).as("nothing is said").isZero();
        assertThat(commands.out()).startsWith("conversation chat-");
        assertThat(run("", "conversation", "list", "--state", "closed", "--tenant", "other"))
                .isZero();
        assertThat(commands.out()).startsWith("there is no such conversation");
    }
}
