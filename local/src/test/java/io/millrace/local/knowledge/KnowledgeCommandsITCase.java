package io.millrace.local.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.agent.StandInJob;
import io.millrace.local.cli.CommandRunner;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnowledgeCommandsITCase {
    @TempDir
    private static Path directory;

    private static KafkaBroker broker;
    private static StandInJob job;

    private final CommandRunner commands = new CommandRunner();

    @BeforeAll
    static void start() {
        broker = KafkaBroker.at(directory.resolve("kafka")).start();
        try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            topics.ensureAgentTopics(2);
        }
        job = new StandInJob(KafkaConnection.to(broker.bootstrapServers()));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        job.close();
        broker.close();
    }

    private int knowledge(String... args) {
        List<String> all = new ArrayList<>(List.of("knowledge"));
        all.addAll(List.of(args));
        all.addAll(List.of("--kafka", broker.bootstrapServers()));
        return commands.run(all.toArray(String[]::new));
    }

    @Test
    void documentsArePublishedOnceListedAndWithdrawn() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("help"));
        Files.writeString(folder.resolve("returns.md"), "# Returns\n\nYou have 30 days.\n");
        Files.writeString(folder.resolve("delivery.md"), "---\ntitle: Delivery\naudience: staff\n---\nThree days.\n");
        assertThat(knowledge("list")).isZero();
        assertThat(commands.out()).contains("no document is published");

        assertThat(knowledge("publish", folder.toString())).isEqualTo(1);
        assertThat(commands.err()).contains("delivery.md:1: language: missing").contains("--language");
        assertThat(knowledge("publish", folder.toString(), "--language", "en", "--audience", "customer", "--dry-run"))
                .isZero();
        assertThat(commands.out()).isEqualTo("would publish 2, unchanged 0\n  delivery\n  returns\n");
        assertThat(publish(folder)).isEqualTo("published 2, unchanged 0\n");

        assertThat(knowledge("list")).isZero();
        assertThat(commands.out())
                .containsPattern("delivery +en +staff +12 +now +Delivery")
                .containsPattern("returns +en +customer +29 +now +Returns");

        Files.writeString(folder.resolve("returns.md"), "# Returns\n\nYou have 60 days.\n");
        Files.delete(folder.resolve("delivery.md"));
        assertThat(publish(folder)).isEqualTo("published 1, unchanged 0\n");
        assertThat(publish(folder, "--withdraw-others")).isEqualTo("published 0, unchanged 1, withdrawn 1\n");
        assertThat(knowledge("withdraw", "returns", "delivery")).isEqualTo(1);
        assertThat(commands.err()).contains("no document 'delivery' is published");
        assertThat(knowledge("withdraw", "returns")).isZero();
        assertThat(knowledge("list", "--json")).isZero();
        assertThat(commands.out()).isEqualTo("[]\n");
    }

    private String publish(Path folder, String... more) {
        List<String> args =
                new ArrayList<>(List.of("publish", folder.toString(), "--language", "en", "--audience", "customer"));
        args.addAll(List.of(more));
        assertThat(knowledge(args.toArray(String[]::new))).isZero();
        return commands.out();
    }

    @Test
    void aQuestionIsAskedOfTheAgents() {
        assertThat(knowledge("ask", "Can I return it?")).isZero();
        assertThat(commands.out())
                .isEqualTo(
                        """
                        0.80  Returns › How long  (returns, en)
                              You have 30 days.
                        answer, confidence 0.91
                              Within 30 days.
                        """);
        assertThat(knowledge("ask", "What is the weather like?")).isEqualTo(1);
        assertThat(commands.out()).startsWith("nothing is found");
    }
}
