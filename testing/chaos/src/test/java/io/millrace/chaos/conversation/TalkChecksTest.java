package io.millrace.chaos.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.auditor.OffenceKind;
import io.millrace.chaos.workload.Report;
import io.millrace.logic.conversation.ConversationDecider;
import io.millrace.operators.conversation.TurnEnds;
import io.millrace.schema.conversation.ConversationAssigned;
import io.millrace.schema.conversation.ConversationErased;
import io.millrace.schema.conversation.CustomerErased;
import io.millrace.schema.conversation.MessageReceived;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowRun;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A customer who is answered, is forgotten and writes again, and what the judge says when something of it is not as it
 * should be.
 */
class TalkChecksTest {
    private static final long START = 1_796_000_000_000L;
    private static final long END = START + 5_000;
    private static final String CONVERSATION = "e1-c0";
    private static final String CUSTOMER = "e1-u0";
    private static final String ADDRESS = "m0.e1@exemple.ca";
    private static final String TOKEN = "TOKEN_0d9f2c51-9d5a-8b7e-8f43-6a1d2c9b7e10";

    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = new HashMap<>();

    @BeforeEach
    void aConversation() throws RejectedEventException {
        written(START, "Write to " + ADDRESS, "Write to " + TOKEN);
        answered(START + 1_000, "Heard: Write to " + TOKEN);
        CustomerErased customer = new CustomerErased(envelope("customer.erased"), CUSTOMER);
        log(Topics.CONVERSATION_EVENTS, START + 1_500, customer.toJson());
        ConversationErased erased = new ConversationErased(
                envelope("conversation.erased"),
                CONVERSATION,
                customer.envelope().eventId().toString());
        log(Topics.CONVERSATION_EVENTS, START + 1_510, erased.toJson());
        log(Topics.CONVERSATION_INBOX, START + 1_520, erased.toJson());
        written(START + 2_000, "Are you there?", "Are you there?");
        answered(START + 3_000, "At first: " + TOKEN + ".");
        told(END);
    }

    private void written(long time, String clear, String concealed) {
        MessageReceived message =
                new MessageReceived(envelope("message.received"), CONVERSATION, CUSTOMER, "chat", clear, List.of());
        log(Topics.CONVERSATION_EVENTS, time, message.toJson());
        MessageReceived with =
                new MessageReceived(message.envelope(), CONVERSATION, CUSTOMER, "chat", concealed, List.of());
        log(Topics.CONVERSATION_INBOX, time + 5, with.toJson());
    }

    /** The turn that began last by then is answered. */
    private void answered(long time, String text) throws RejectedEventException {
        ObjectNode output =
                JsonNodeFactory.instance.objectNode().put("action", "reply").put("text", text);
        String run = runs(time).get(runs(time).size() - 1);
        WorkflowRun view = new WorkflowRun(
                envelope("workflow.run"),
                run,
                "customer-turn",
                "1.0.0",
                null,
                9,
                RunStatus.COMPLETED,
                Instant.ofEpochMilli(START),
                Instant.ofEpochMilli(time),
                Map.of("conversation", CONVERSATION),
                List.of(),
                3,
                0,
                100,
                output.toString(),
                null,
                null);
        byte[] value = view.toJson();
        log(Topics.WORKFLOW_RUNS, time, value);
        SourceRecord source = new SourceRecord(
                Topics.WORKFLOW_RUNS, 0, 0, time, view.key().getBytes(StandardCharsets.UTF_8), value, List.of());
        log(Topics.CONVERSATION_INBOX, time + 5, TurnEnds.read(source).value());
    }

    /** Those of turns that began by then. */
    private List<String> runs(long until) {
        return TalkReplay.of(of(Topics.CONVERSATION_INBOX), ConversationWorkload.SETTINGS, until).values().stream()
                .filter(told -> told.json().path("event_type").asText().equals("workflow.start"))
                .map(told -> told.json().path("run_id").asText())
                .toList();
    }

    /** What the job would have written. */
    private void told(long until) {
        TalkTopics.TOLD.forEach(topic -> of(topic).clear());
        TalkReplay.of(of(Topics.CONVERSATION_INBOX), ConversationWorkload.SETTINGS, until)
                .forEach((key, told) -> {
                    ObjectNode json = told.json().deepCopy();
                    if (key.topic().equals(Topics.CONVERSATION_REPLIES)) {
                        String mark = told.at() > START + 1_500 ? "[…]" : ADDRESS;
                        json.put("text", json.path("text").asText().replace(TOKEN, mark));
                    }
                    log(key.topic(), told.at() + 10, bytes(json.toString()));
                });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Envelope envelope(String type) {
        return new Envelope(UUID.randomUUID(), type, Instant.ofEpochMilli(START), "e1", null, null);
    }

    private List<ConsumerRecord<byte[], byte[]>> of(String topic) {
        return topics.computeIfAbsent(topic, name -> new ArrayList<>());
    }

    private void log(String topic, long time, byte[] value) {
        of(topic).add(record(topic, of(topic).size(), time, value));
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, long offset, long time, byte[] value) {
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                time,
                TimestampType.LOG_APPEND_TIME,
                CONVERSATION.length(),
                value.length,
                bytes(CONVERSATION),
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private String text(String topic, int index) {
        return new String(of(topic).get(index).value(), StandardCharsets.UTF_8);
    }

    private void change(String topic, int index, String from, String to) {
        ConsumerRecord<byte[], byte[]> before = of(topic).get(index);
        String text = text(topic, index);
        assertThat(text).contains(from);
        of(topic).set(index, record(topic, before.offset(), before.timestamp(), bytes(text.replace(from, to))));
    }

    private Report judge() {
        return new TalkChecks(this::of, "e1").report(END, END);
    }

    @Test
    void whatFollowsFromTheLogIsClean() {
        Report report = judge();

        assertThat(report.offences()).as(report.text()).isEmpty();
        assertThat(report.counts())
                .containsEntry("turns", 2L)
                .containsEntry("answered", 2L)
                .containsEntry("erased", 1L);
        assertThat(text(Topics.CONVERSATION_REPLIES, 0)).contains("Heard: Write to " + ADDRESS);
        assertThat(text(Topics.CONVERSATION_REPLIES, 1)).contains("At first: […].");
    }

    @Test
    void whateverIsMissingIsLost() {
        for (String topic :
                List.of(Topics.WORKFLOW_COMMANDS, Topics.CONVERSATION_REPLIES, Topics.CONVERSATION_UPDATES)) {
            List<ConsumerRecord<byte[], byte[]>> records = of(topic);
            assertThat(records).isNotEmpty();
            for (int i = 0; i < records.size(); i++) {
                ConsumerRecord<byte[], byte[]> removed = records.remove(i);

                assertThat(judge().offences()).containsKey(OffenceKind.LOST);
                records.add(i, removed);
            }
        }
        assertThat(judge().isClean()).isTrue();
    }

    @Test
    void aValueThatWasErasedIsNotToComeBack() {
        change(Topics.CONVERSATION_REPLIES, 1, "[…]", ADDRESS);

        assertThat(judge().text()).contains("WRONG").contains(ADDRESS + " is of before it was erased");
    }

    @Test
    void aValueThatIsTheresIsNotToBeMissingOrAnothers() {
        change(Topics.CONVERSATION_REPLIES, 0, ADDRESS, "[…]");
        assertThat(judge().text()).contains(ADDRESS + " is missing");

        change(Topics.CONVERSATION_REPLIES, 0, "[…]", "m9.e1@exemple.ca");
        assertThat(judge().text()).contains("neither a value of this conversation nor a mark");
    }

    @Test
    void aTokenIsNotForCustomers() {
        change(Topics.CONVERSATION_REPLIES, 0, ADDRESS, TOKEN);

        assertThat(judge().offences()).containsKey(OffenceKind.WRONG);
    }

    @Test
    void aTurnHasOneAnswer() {
        String answer = text(Topics.CONVERSATION_REPLIES, 0);
        log(
                Topics.CONVERSATION_REPLIES,
                END,
                bytes(answer.replaceFirst("\"event_id\":\"[^\"]*", "\"event_id\":\"" + UUID.randomUUID())));

        assertThat(judge().text()).contains("TWICE a turn has two answers");
    }

    @Test
    void nobodyIsAnsweredAfterAPersonTookOver() throws RejectedEventException {
        written(START + 3_500, "Hello?", "Hello?");
        String run = runs(START + 4_000).get(2);
        ConversationAssigned assigned =
                new ConversationAssigned(envelope("conversation.assigned"), CONVERSATION, "ada");
        log(Topics.CONVERSATION_EVENTS, START + 4_000, assigned.toJson());
        log(Topics.CONVERSATION_INBOX, START + 4_005, assigned.toJson());
        answered(START + 4_500, "Heard.");
        told(END);
        assertThat(judge().offences()).as(judge().text()).isEmpty();
        assertThat(runs(END).get(2)).isEqualTo(run);

        for (UUID id : ConversationDecider.repliesOf("e1", CONVERSATION, run)) {
            log(
                    Topics.CONVERSATION_REPLIES,
                    END,
                    bytes(text(Topics.CONVERSATION_REPLIES, 1)
                            .replaceFirst("\"event_id\":\"[^\"]*", "\"event_id\":\"" + id)
                            .replace("\"turn\":2", "\"turn\":3")));
        }
        assertThat(judge().text()).contains("WRONG a turn was answered after").contains("conversation.assigned");
    }

    @Test
    void aTurnThatBeganEnds() {
        for (String topic : List.of(Topics.CONVERSATION_INBOX, Topics.WORKFLOW_RUNS)) {
            of(topic).remove(of(topic).size() - 1);
        }
        told(END);

        assertThat(judge().text()).contains("LOST a turn did not end");
    }

    @Test
    void viewsComeInOrder() {
        List<ConsumerRecord<byte[], byte[]>> views = of(Topics.CONVERSATION_UPDATES);
        String first = text(Topics.CONVERSATION_UPDATES, 0);
        String second = text(Topics.CONVERSATION_UPDATES, 1);
        views.set(0, record(Topics.CONVERSATION_UPDATES, 0, END, bytes(second)));
        views.set(1, record(Topics.CONVERSATION_UPDATES, 1, END, bytes(first)));

        assertThat(judge().offences()).containsOnlyKeys(OffenceKind.ORDER);
    }

    @Test
    void whatComesAgainIsCountedAndNoOffence() {
        log(
                Topics.CONVERSATION_REPLIES,
                END,
                of(Topics.CONVERSATION_REPLIES).get(0).value());

        assertThat(judge().isClean()).isTrue();
        assertThat(judge().redelivered()).isEqualTo(1);
    }

    @Test
    void whatComesBeforeItWasDecidedIsEarly() {
        String last = text(Topics.CONVERSATION_REPLIES, 1);
        of(Topics.CONVERSATION_REPLIES).set(1, record(Topics.CONVERSATION_REPLIES, 1, START + 100, bytes(last)));

        assertThat(judge().offences()).containsKey(OffenceKind.EARLY);
    }

    @Test
    void whatWasToldOfAConversationComesToIt() {
        MessageReceived message =
                new MessageReceived(envelope("message.received"), CONVERSATION, null, "chat", "again", List.of());
        log(Topics.CONVERSATION_EVENTS, START + 4_000, message.toJson());

        assertThat(judge().text()).contains("LOST not in the inbox");
    }

    @Test
    void withACustomerAllTheirConversationsAreErased() {
        change(Topics.CONVERSATION_EVENTS, 2, "\"conversation_id\":\"e1-c0\"", "\"conversation_id\":\"e1-c7\"");

        assertThat(judge().text()).contains("e1/e1-c0 is not erased by");
    }

    @Test
    void addressesAreOnNoTopicWithin() {
        change(Topics.CONVERSATION_INBOX, 0, TOKEN, ADDRESS);

        assertThat(judge().text()).contains("WRONG in the clear on conversation-inbox");
    }

    @Test
    void aBadRecordHasADeadLetter() {
        log(Topics.CONVERSATION_EVENTS, END, bytes("{\0x"));

        assertThat(judge().offences()).containsOnlyKeys(OffenceKind.DLQ);
    }
}
