package io.millrace.operators.conversation;

import static io.millrace.operators.conversation.VaultHarness.MAX_PARALLELISM;
import static io.millrace.operators.conversation.VaultHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.logic.vault.VaultSettings;
import io.millrace.schema.conversation.ConversationClosed;
import io.millrace.schema.conversation.ConversationInput;
import io.millrace.schema.conversation.ConversationRated;
import io.millrace.schema.conversation.MessageReceived;
import io.millrace.schema.conversation.MessageReceived.Attachment;
import io.millrace.schema.conversation.MessageSent;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultOperatorTest {
    private static final String MAIL = "Write to jane.doe@example.com please";
    private static final String FIRST_KEY = "00".repeat(32);
    private static final String SECOND_KEY = "11".repeat(32);

    @TempDir
    private Path directory;

    private final KeysInMemory topic = new KeysInMemory(UUID.randomUUID().toString());

    @BeforeEach
    void keys() throws Exception {
        Files.writeString(directory.resolve("token.key"), FIRST_KEY);
        Files.writeString(directory.resolve("master.key"), FIRST_KEY);
    }

    private VaultKeys parts(KeyLog log, boolean acceptLost) {
        return new VaultKeys(
                new KeyFile(
                        VaultKeys.TOKEN_KEY_FILE, directory.resolve("token.key").toString()),
                new MasterKeyFile(
                        new KeyFile(
                                VaultKeys.MASTER_KEY_FILE,
                                directory.resolve("master.key").toString()),
                        (keyId, wrapped) -> new byte[0]),
                log,
                acceptLost);
    }

    private VaultHarness vault(OperatorSubtaskState state) throws Exception {
        return new VaultHarness(parts(topic, false), state);
    }

    private static Envelope envelope(String type) {
        return new Envelope(new UUID(5, 5), type, Instant.ofEpochMilli(NOW), "acme", null, null);
    }

    @Test
    void theInboxGetsTokensAndTheCustomerValues() throws Exception {
        try (VaultHarness vault = vault(null)) {
            JsonNode inbox = vault.hear("c-1", MAIL);
            vault.hear("c-2", "Call +33 6 12 34 56 78");

            assertThat(inbox.get("text").asText()).contains("TOKEN_").doesNotContain("jane");
            assertThat(vault.answer("c-1", inbox.get("text").asText())).isEqualTo(MAIL);
            assertThat(vault.answer("c-2", inbox.get("text").asText())).isEqualTo("Write to […] please");
        }
    }

    @Test
    void afterAStartRepliesWaitUntilTheMessagesThatTheyAnswerAreReadAgain() throws Exception {
        OperatorSubtaskState before;
        String text;
        try (VaultHarness vault = vault(null)) {
            before = vault.snapshot();
            text = vault.hear("c-1", MAIL).get("text").asText();
        }
        OperatorSubtaskState waiting;
        try (VaultHarness vault = vault(before)) {
            vault.isBehind();
            vault.decided("c-1", text);
            vault.decided("c-1", "Anything else?");
            vault.decided("c-2", "Hello.");
            vault.wallClock(NOW + 1_000);
            assertThat(vault.told()).isEmpty();
            waiting = vault.snapshot();
        }
        try (VaultHarness vault = vault(waiting)) {
            vault.isBehind();
            vault.hear("c-1", MAIL);
            vault.wallClock(NOW + 2_000);
            assertThat(vault.told()).isEmpty();

            vault.hasCaughtUp();
            vault.wallClock(NOW + 3_000);

            assertThat(vault.told())
                    .containsExactlyInAnyOrder(MAIL, "Anything else?", "Hello.")
                    .containsSubsequence(MAIL, "Anything else?");
            vault.isBehind();
            assertThat(vault.answer("c-1", text)).isEqualTo(MAIL);
        }
    }

    @Test
    void aReplyThatComesWhenAllIsReadGoesAfterThoseThatWaited() throws Exception {
        try (VaultHarness vault = vault(null)) {
            vault.isBehind();
            vault.decided("c-1", "first");
            vault.hasCaughtUp();
            vault.decided("c-1", "second");
            assertThat(vault.told()).containsExactly("first", "second");
        }
    }

    @Test
    void everyTextOfEveryEventIsConcealed() throws Exception {
        try (VaultHarness vault = vault(null)) {
            JsonNode received = vault.event(new MessageReceived(
                    envelope("message.received"),
                    "c-1",
                    "cu-1",
                    "chat",
                    MAIL,
                    List.of(new Attachment("to jane.doe@example.com.pdf", null, "https://jane:pw@files.example/1"))));
            JsonNode sent =
                    vault.event(new MessageSent(envelope("message.sent"), "c-1", "agent-12", "Call 212-736-5000 now"));
            JsonNode rated = vault.event(new ConversationRated(envelope("conversation.rated"), "c-1", 1, MAIL));
            JsonNode closed = vault.event(
                    new ConversationClosed(envelope("conversation.closed"), "c-1", "see jane.doe@example.com"));

            assertThat(received.toString())
                    .doesNotContain("jane")
                    .contains("\"cu-1\"")
                    .contains("\"chat\"");
            assertThat(sent.toString())
                    .doesNotContain("5000")
                    .contains("TOKEN_")
                    .contains("agent-12");
            assertThat(rated.toString()).doesNotContain("jane").contains("TOKEN_");
            assertThat(closed.toString()).doesNotContain("jane").contains("TOKEN_");
        }
    }

    @Test
    void aTextThatTokensMakeTooLongIsCutAndStillAnInput() throws Exception {
        try (VaultHarness vault = vault(null)) {
            JsonNode inbox = vault.hear("c-1", "a@b.co ".repeat(ConversationInput.MAX_TEXT / 7));

            String text = inbox.get("text").asText();
            assertThat(text)
                    .hasSizeLessThanOrEqualTo(ConversationInput.MAX_TEXT)
                    .doesNotContain("a@b.co");
            ConversationInput.read(new SourceRecord(
                    "t", 0, 0, NOW, null, inbox.toString().getBytes(StandardCharsets.UTF_8), List.of()));
        }
        assertThat(ConversationTexts.cut("x".repeat(99) + "😀", 100)).isEqualTo("x".repeat(99));
    }

    @Test
    void aRestoredVaultKnowsWhatTokensStandFor() throws Exception {
        OperatorSubtaskState state;
        String concealed;
        try (VaultHarness vault = vault(null)) {
            concealed = vault.hear("c-1", MAIL).get("text").asText();
            state = vault.snapshot();
        }

        try (VaultHarness vault = vault(state)) {
            assertThat(vault.answer("c-1", concealed)).isEqualTo(MAIL);
            assertThat(topic.living()).hasSize(1);
        }
    }

    @Test
    void aVaultOfAnotherParallelismReadsTheKeysOfItsConversations() throws Exception {
        List<String> concealed = new ArrayList<>();
        OperatorSubtaskState state;
        try (VaultHarness vault = vault(null)) {
            for (int i = 0; i < 40; i++) {
                concealed.add(vault.hear("c-" + i, "mail" + i + "@example.com")
                        .get("text")
                        .asText());
            }
            state = vault.snapshot();
        }

        OperatorSubtaskState[] parts = new OperatorSubtaskState[3];
        int answered = 0;
        for (int subtask = 0; subtask < 3; subtask++) {
            try (VaultHarness vault = new VaultHarness(parts(topic, false), state, 1, 3, subtask)) {
                for (int i = 0; i < 40; i++) {
                    if (subtaskOf("acme\nc-" + i, 3) == subtask) {
                        assertThat(vault.answer("c-" + i, concealed.get(i))).isEqualTo("mail" + i + "@example.com");
                        answered++;
                    }
                }
                parts[subtask] = vault.snapshot();
            }
        }
        assertThat(answered).isEqualTo(40);

        OperatorSubtaskState together = AbstractStreamOperatorTestHarness.repackageState(parts);
        try (VaultHarness vault = new VaultHarness(parts(topic, false), together, 3, 1, 0)) {
            for (int i = 0; i < 40; i++) {
                assertThat(vault.answer("c-" + i, concealed.get(i))).isEqualTo("mail" + i + "@example.com");
            }
        }
    }

    private static int subtaskOf(String key, int parallelism) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, parallelism);
    }

    @Test
    void anErasedConversationCannotBeReadFromAnEarlierSnapshot() throws Exception {
        OperatorSubtaskState state;
        String concealed;
        try (VaultHarness vault = vault(null)) {
            concealed = vault.hear("c-1", MAIL).get("text").asText();
            state = vault.snapshot();
            assertThat(vault.erase("c-1").get("event_type").asText()).isEqualTo("conversation.erased");
            assertThat(topic.living()).isEmpty();
        }

        try (VaultHarness vault = vault(state)) {
            assertThat(vault.answer("c-1", concealed)).isEqualTo("Write to [supprimé] please");
        }
    }

    @Test
    void theRecordsOfKeysAreDeletedOnceMoreLater() throws Exception {
        try (VaultHarness vault = vault(null)) {
            vault.hear("c-1", MAIL);
            vault.erase("c-1");
            int records = topic.records().size();

            long again = NOW + VaultSettings.DEFAULTS.deleteAgainAfter().toMillis();
            vault.wallClock(again - 1);
            assertThat(topic.records()).hasSize(records);
            vault.wallClock(again + 20);
            assertThat(topic.records()).hasSize(records + 1);
            assertThat(topic.records().get(records).value()).isNull();
        }
    }

    @Test
    void aKeyThatWasWrittenBeforeACrashDoesNoHarm() throws Exception {
        try (VaultHarness crashed = vault(null)) {
            crashed.hear("c-1", MAIL);
        }

        try (VaultHarness vault = vault(null)) {
            String concealed = vault.hear("c-1", MAIL).get("text").asText();
            assertThat(topic.living()).hasSize(2);
            assertThat(vault.answer("c-1", concealed)).isEqualTo(MAIL);
            vault.erase("c-1");
            assertThat(topic.living()).isEmpty();
        }
    }

    @Test
    void whatIsNoKeyOnTheTopicIsPassedOver() throws Exception {
        String concealed;
        OperatorSubtaskState state;
        try (VaultHarness vault = vault(null)) {
            concealed = vault.hear("c-1", MAIL).get("text").asText();
            state = vault.snapshot();
        }
        OutboundRecord key = topic.records().get(0);
        for (String rubbish : List.of("", "{", "[1]", "{\"event_type\":\"conversation.key\"}")) {
            topic.records()
                    .add(new OutboundRecord(
                            ("acme/c-9/" + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8),
                            rubbish.getBytes(StandardCharsets.UTF_8),
                            List.of()));
        }
        topic.records().add(new OutboundRecord(null, key.value(), List.of()));
        topic.records().add(new OutboundRecord("x".getBytes(StandardCharsets.UTF_8), null, List.of()));
        topic.records()
                .add(new OutboundRecord(
                        ("acme/c-2/" + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8), key.value(), List.of()));

        try (VaultHarness vault = vault(state)) {
            assertThat(vault.answer("c-1", concealed)).isEqualTo(MAIL);
        }
    }

    @Test
    void aMissingMasterKeyIsSaidAtTheStartAndDestroysNothing() throws Exception {
        String concealed;
        OperatorSubtaskState state;
        try (VaultHarness vault = vault(null)) {
            concealed = vault.hear("c-1", MAIL).get("text").asText();
            state = vault.snapshot();
        }
        Files.writeString(directory.resolve("master.key"), SECOND_KEY);

        assertThatThrownBy(() -> vault(state))
                .hasStackTraceContaining("vault.master-key-file: of 1 keys of conversations some are wrapped by")
                .hasStackTraceContaining("vault.accept-lost-keys");
        try (VaultHarness vault = new VaultHarness(parts(topic, true), state)) {
            assertThat(vault.answer("c-1", concealed)).isEqualTo("Write to [supprimé] please");
        }
        Files.writeString(directory.resolve("master.key"), SECOND_KEY + "\n" + FIRST_KEY);
        try (VaultHarness vault = vault(state)) {
            assertThat(vault.answer("c-1", concealed)).isEqualTo(MAIL);
        }
    }

    @Test
    void whatCannotBeReadAtTheStartIsSaidWithItsSetting() throws Exception {
        assertThatThrownBy(() -> new VaultHarness(parts(new KeysInMemory(""), false), null))
                .hasStackTraceContaining("the topic conversation-keys gave nothing");

        Files.writeString(directory.resolve("token.key"), "short");
        assertThatThrownBy(() -> vault(null))
                .hasStackTraceContaining("vault.hmac-key-file")
                .hasStackTraceContaining("has 5 bytes; it must have at least 32");

        Files.writeString(directory.resolve("token.key"), FIRST_KEY);
        Files.writeString(directory.resolve("master.key"), "abcd");
        assertThatThrownBy(() -> vault(null))
                .hasStackTraceContaining("vault.master-key-file")
                .hasStackTraceContaining("line 1 has 4 hexadecimal digits");

        Files.delete(directory.resolve("master.key"));
        assertThatThrownBy(() -> vault(null))
                .hasStackTraceContaining("vault.master-key-file")
                .hasStackTraceContaining("can't be read");
    }
}
