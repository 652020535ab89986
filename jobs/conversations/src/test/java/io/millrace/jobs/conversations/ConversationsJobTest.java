package io.millrace.jobs.conversations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.operators.conversation.ConversationTopics;
import io.millrace.operators.conversation.VaultMetrics;
import io.millrace.operators.decision.DeciderOperator;
import io.millrace.operators.decision.DecidingOperator;
import io.millrace.testing.jobs.JobContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationsJobTest extends JobContract {

    @TempDir
    static Path directory;

    private static KafkaBroker broker;

    ConversationsJobTest() {
        super(
                ConversationsJob.JOB,
                ConversationsJob.class,
                DeciderOperator.class,
                DecidingOperator.class,
                ConversationTopics.class,
                VaultMetrics.class);
    }

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(directory.resolve("pii.key"), "0123456789abcdef0123456789abcdef");
        Files.writeString(directory.resolve("vault.key"), "ab".repeat(32) + "\n");
        broker = KafkaBroker.at(directory.resolve("kafka")).start();
        try (TopicAdmin admin = new TopicAdmin(broker.bootstrapServers())) {
            admin.ensure(List.of(TopicSpec.logAppended("conversation-keys", 1)));
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    /** The vault reads its keys when it opens. */
    @Override
    protected Map<String, String> required() {
        return Map.of(
                "kafka.bootstrap-servers", broker.bootstrapServers(),
                "vault.hmac-key-file", directory.resolve("pii.key").toString(),
                "vault.master-key-file", directory.resolve("vault.key").toString());
    }

    @Test
    void itSaysWhichFileIsMissing() {
        assertThatThrownBy(() -> define("--vault.hmac-key-file", "pii.key"))
                .hasMessageStartingWith("vault.master-key-file: not set");
    }

    @ParameterizedTest
    @CsvSource({
        "--quiet-time, -1 s, quiet-time: ",
        "--patience, 1 s, patience: ",
        "--turn-attempts, 0, turn-attempts: ",
        "--business-hours, Mon 9-17, business-hours: ",
        "--time-zone, Nowhere, time-zone: ",
        "--delivery.default, exactly-once, 'delivery.conversation-keys: must be at-least-once'",
        "--vault.time-to-live, 1 s, vault.time-to-live",
    })
    void aSettingThatIsWrongIsNamed(String setting, String value, String message) {
        assertThatThrownBy(() -> define("--vault.hmac-key-file", "a", "--vault.master-key-file", "b", setting, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
