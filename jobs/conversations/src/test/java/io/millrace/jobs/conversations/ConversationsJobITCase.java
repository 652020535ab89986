package io.millrace.jobs.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.logic.conversation.ConversationCommand;
import io.millrace.logic.conversation.ConversationDecider;
import io.millrace.logic.conversation.ConversationState;
import io.millrace.schema.conversation.ConversationInput;
import io.millrace.schema.conversation.CustomerErased;
import io.millrace.schema.conversation.MessageReceived;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowRun;
import io.millrace.testing.jobs.JobBed;
import io.millrace.testing.jobs.JobTopics;
import io.millrace.testing.jobs.ReplayAudit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a real broker and a real cluster; the runs of turns are told by the test. */
@Timeout(420)
class ConversationsJobITCase {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TENANT = "acme";
    private static final String ADDRESS = "marguerite.delorme@exemple.ca";
    private static final int CONVERSATIONS = 12;

    @TempDir
    static Path directory;

    private static JobBed bed;
    private static JobTopics topics;
    private static JobID job;

    private static final Set<String> ENDED = new HashSet<>();

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(directory.resolve("token.key"), "0123456789abcdef0123456789abcdef");
        Files.writeString(directory.resolve("vault.key"), "ab".repeat(32) + "\n");
        bed = JobBed.start(ConversationsJob.JOB, directory, 2, 1);
        topics = bed.topics("talk-");
        job = bed.run(
                2,
                topics.arguments(
                        "--quiet-time", "300 ms",
                        "--vault.hmac-key-file", directory.resolve("token.key").toString(),
                        "--vault.master-key-file",
                                directory.resolve("vault.key").toString()));
    }

    @AfterAll
    static void stop() throws Exception {
        bed.cluster().cancel(job);
        topics.close();
        bed.close();
    }

    private static Envelope envelope(String type) {
        return new Envelope(UUID.randomUUID(), type, Instant.now(), TENANT, null, null);
    }

    private static void write(String conversation, String customer, String text) {
        MessageReceived message =
                new MessageReceived(envelope("message.received"), conversation, customer, "chat", text, List.of());
        topics.publish("conversation-events", conversation, message.toJson());
    }

    /** Ends the runs of turns that were started: each says back what it was given. */
    private static void endTurns(String prefix) throws IOException {
        for (JsonNode start : starts(prefix)) {
            String run = start.path("run_id").asText();
            if (ENDED.add(run)) {
                String text = start.path("input").path("text").asText();
                end(
                        start,
                        JSON.createObjectNode()
                                .put("action", "reply")
                                .put("language", "en")
                                .put("text", "You said: " + text)
                                .toString());
            }
        }
    }

    /** So that nothing is under way when another test looks. */
    private static void answerAll(String conversation, int replies) throws Exception {
        endTurns(conversation);
        topics.await("the replies", () -> replies(conversation).size() == replies);
    }

    private static void end(JsonNode start, String output) {
        String run = start.path("run_id").asText();
        WorkflowRun view = new WorkflowRun(
                new Envelope(
                        UUID.nameUUIDFromBytes(run.getBytes(StandardCharsets.UTF_8)),
                        "workflow.run",
                        Instant.now(),
                        TENANT,
                        null,
                        null),
                run,
                "customer-turn",
                "1.0.0",
                null,
                9,
                RunStatus.COMPLETED,
                Instant.now(),
                Instant.now(),
                Map.of(
                        "conversation",
                        start.path("attributes").path("conversation").asText()),
                List.of(),
                3,
                0,
                100,
                output,
                null,
                null);
        topics.publish("workflow-runs", view.key(), view.toJson());
    }

    /** Each start once. */
    private static List<JsonNode> starts(String prefix) {
        Set<String> seen = new HashSet<>();
        return topics.jsonOf("workflow-commands").stream()
                .filter(command -> command.path("event_type").asText().equals("workflow.start"))
                .filter(command ->
                        command.at("/attributes/conversation").asText().startsWith(prefix))
                .filter(command -> seen.add(command.path("run_id").asText()))
                .toList();
    }

    /** Texts of replies, each id once. */
    private static List<String> replies(String conversation) {
        return topics.jsonOf("conversation-replies").stream()
                .filter(reply -> reply.path("conversation_id").asText().equals(conversation))
                .collect(Collectors.toMap(
                        reply -> reply.path("event_id").asText(),
                        reply -> reply.path("text").asText(),
                        (one, same) -> one))
                .values()
                .stream()
                .toList();
    }

    private static boolean holds(String topic, String text) {
        return topics.read(topic).stream()
                .map(ConsumerRecord::value)
                .anyMatch(value -> value != null && new String(value, StandardCharsets.UTF_8).contains(text));
    }

    @Test
    void everyTurnIsAnsweredOnceThoughTaskManagersEndAndPersonalDataComesBackToItsCustomerAlone() throws Exception {
        for (int i = 0; i < CONVERSATIONS; i++) {
            write("c-" + i, "cu-" + i, "Write to " + i + "." + ADDRESS);
            write("c-" + i, "cu-" + i, "please");
        }
        topics.await("the turns", () -> starts("c-").size() >= CONVERSATIONS);
        bed.cluster().awaitCheckpoint(job);
        bed.cluster().replaceTaskManagers();

        topics.await("the replies", () -> {
            endTurns("c-");
            for (int i = 0; i < CONVERSATIONS; i++) {
                if (replies("c-" + i).isEmpty()) {
                    return false;
                }
            }
            return true;
        });

        for (int i = 0; i < CONVERSATIONS; i++) {
            assertThat(replies("c-" + i)).containsExactly("You said: Write to " + i + "." + ADDRESS + "\nplease");
        }
        assertThat(holds("conversation-inbox", ADDRESS)).isFalse();
        assertThat(holds("workflow-commands", ADDRESS)).isFalse();
        assertThat(holds("conversation-updates", ADDRESS)).isFalse();
        assertThat(holds("conversation-inbox", "TOKEN_")).isTrue();
        assertThatTheLogSaysSo();
    }

    /** What was told is what the inbox decides, whatever ended in between. */
    private static void assertThatTheLogSaysSo() throws Exception {
        Configuration values = new Configuration();
        values.set(ConversationOptions.QUIET, Duration.ofMillis(300));
        topics.await("all that the log says is to come", () -> {
            ReplayAudit<ConversationState, ConversationInput, ConversationCommand> audit = new ReplayAudit<>(
                    ConversationInput::read,
                    ConversationDecider::key,
                    new ConversationDecider(ConversationOptions.conversations(values)));
            List<ConsumerRecord<byte[], byte[]>> inbox = topics.read("conversation-inbox");
            long last =
                    inbox.stream().mapToLong(ConsumerRecord::timestamp).max().orElse(0);
            Set<String> decided = audit.read(inbox).until(last).commands().stream()
                    .map(ConversationsJobITCase::id)
                    .filter(id -> id != null)
                    .collect(Collectors.toSet());
            return ids("workflow-commands", "conversation-updates", "escalations")
                    .equals(decided);
        });
    }

    private static String id(ConversationCommand command) {
        if (command instanceof ConversationCommand.Run run) {
            return run.command().envelope().eventId().toString();
        } else if (command instanceof ConversationCommand.Escalate escalate) {
            return escalate.escalation().envelope().eventId().toString();
        } else if (command instanceof ConversationCommand.Show show) {
            return show.view().envelope().eventId().toString();
        }
        return null;
    }

    private static Set<String> ids(String... of) {
        return Stream.of(of)
                .flatMap(topic -> topics.jsonOf(topic).stream())
                .map(event -> event.path("event_id").asText())
                .collect(Collectors.toSet());
    }

    @Test
    void anErasedCustomerIsNowhereButWhereMessagesComeAndGo() throws Exception {
        String address = "effacez.moi@exemple.ca";
        write("e-1", "cu-erased", "I am " + address);
        topics.await("the turn", () -> starts("e-").size() == 1);
        endTurns("e-");
        topics.await("the reply", () -> replies("e-1").size() == 1);
        bed.cluster().awaitCheckpoint(job);

        CustomerErased erased = new CustomerErased(envelope("customer.erased"), "cu-erased");
        topics.publish("conversation-events", "cu-erased", erased.toJson());
        topics.await("the view", () -> topics.jsonOf("conversation-updates").stream()
                .anyMatch(view -> view.path("conversation_id").asText().equals("e-1")
                        && view.path("state").asText().equals("erased")));
        bed.cluster().awaitCheckpoint(job);

        assertThat(filesWith(address)).isEmpty();
        write("e-1", "cu-erased", "again " + address);
        topics.await("another turn", () -> starts("e-").size() == 2);
        assertThat(starts("e-").get(1).at("/input/history")).isEmpty();
        answerAll("e-1", 2);
    }

    /** Files of the broker and of Flink, but for the topics by which messages come and go. */
    private static List<Path> filesWith(String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("talk-conversation-events-")
                            && !file.toString().contains("talk-conversation-replies-"))
                    .filter(file -> contains(file, wanted))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    private static boolean contains(Path file, byte[] wanted) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            // Gone meanwhile.
            return false;
        }
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(new String(wanted, StandardCharsets.ISO_8859_1));
    }

    @Test
    void whatIsNoEventIsADeadLetterAndDisturbsNobody() throws Exception {
        topics.publish("conversation-events", "b-1", "{\"hello\":");
        topics.publish(
                "conversation-events",
                "b-1",
                "{\"schema_version\":1,\"event_id\":\"" + UUID.randomUUID()
                        + "\",\"event_type\":\"message.received\",\"occurred_at\":\"2026-12-01T09:00:00Z\",\"conversation_id\":\"me@example.com\",\"text\":\"x\"}");
        topics.publish("conversation-inbox", "b-1", "nothing");
        topics.publish("workflow-runs", "b-1", "[]");
        write("b-1", null, "still here?");
        topics.await("a turn", () -> starts("b-").size() == 1);
        answerAll("b-1", 1);
        topics.await(
                "the dead letters",
                () -> topics.read("conversation-events-dlq").size() == 2
                        && topics.read("conversation-inbox-dlq").size() == 1
                        && topics.read("workflow-runs-dlq").size() == 1);
        assertThat(header(topics.read("conversation-events-dlq"), "error_message"))
                .anyMatch(message -> message.startsWith("conversation_id: must be no address of mail"));
    }

    private static List<String> header(List<ConsumerRecord<byte[], byte[]>> records, String name) {
        return records.stream()
                .map(record -> new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8))
                .toList();
    }
}
