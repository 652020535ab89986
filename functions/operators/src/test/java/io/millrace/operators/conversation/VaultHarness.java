package io.millrace.operators.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.logic.vault.VaultSettings;
import io.millrace.schema.conversation.ConversationErased;
import io.millrace.schema.conversation.ConversationEvent;
import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.conversation.MessageReceived;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.OutboundRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** One subtask of the vault, on RocksDB; what it writes of keys is on the topic at once. */
final class VaultHarness implements AutoCloseable {
    static final long NOW = 1_800_000_000_000L;
    static final int MAX_PARALLELISM = 720;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KeysInMemory topic;
    private final KeyedTwoInputStreamOperatorTestHarness<String, ConversationEvent, ConversationReply, OutboundRecord>
            harness;
    private long events;

    /** One subtask of {@code parallelism}, from the state of {@code before} subtasks packed together. */
    VaultHarness(VaultKeys keys, OperatorSubtaskState state, int before, int parallelism, int subtask)
            throws Exception {
        topic = (KeysInMemory) keys.log();
        harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                new VaultOperator(keys, VaultSettings.DEFAULTS),
                VaultOperator::keyOf,
                VaultOperator::keyOf,
                Types.STRING,
                MAX_PARALLELISM,
                parallelism,
                subtask);
        harness.setStateBackend(new EmbeddedRocksDBStateBackend());
        harness.setProcessingTime(NOW);
        if (state != null) {
            harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                    state, MAX_PARALLELISM, before, parallelism, subtask));
        }
        harness.open();
        harness.processWatermarkStatus1(WatermarkStatus.IDLE);
        harness.processWatermarkStatus2(WatermarkStatus.IDLE);
    }

    VaultHarness(VaultKeys keys, OperatorSubtaskState state) throws Exception {
        this(keys, state, 1, 1, 0);
    }

    private Envelope envelope(String type) {
        return new Envelope(new UUID(9, events++), type, Instant.ofEpochMilli(NOW), "acme", null, null);
    }

    /** What goes to the inbox. */
    JsonNode hear(String conversation, String text) throws Exception {
        return event(new MessageReceived(envelope("message.received"), conversation, null, "chat", text, List.of()));
    }

    JsonNode erase(String conversation) throws Exception {
        return event(new ConversationErased(envelope("conversation.erased"), conversation, null));
    }

    JsonNode event(ConversationEvent event) throws Exception {
        harness.processElement1(new StreamRecord<>(event, harness.getProcessingTime()));
        writeKeys();
        return JSON.readTree(inbox().get(0).value());
    }

    /** From now on more was logged than is read. */
    void isBehind() throws Exception {
        harness.processWatermarkStatus1(WatermarkStatus.ACTIVE);
        harness.processWatermarkStatus2(WatermarkStatus.ACTIVE);
    }

    void hasCaughtUp() throws Exception {
        harness.processWatermarkStatus1(WatermarkStatus.IDLE);
        harness.processWatermarkStatus2(WatermarkStatus.IDLE);
    }

    /** What goes to the customer. */
    String answer(String conversation, String text) throws Exception {
        decided(conversation, text);
        return told().get(0);
    }

    /** What customers were told since this was asked last. */
    List<String> told() throws Exception {
        List<String> texts = new ArrayList<>();
        Queue<StreamRecord<OutboundRecord>> replies = harness.getSideOutput(VaultOperator.REPLIES);
        while (replies != null && !replies.isEmpty()) {
            texts.add(
                    JSON.readTree(replies.poll().getValue().value()).get("text").asText());
        }
        return texts;
    }

    /** A reply with tokens. */
    void decided(String conversation, String text) throws Exception {
        ConversationReply reply = new ConversationReply(
                envelope("conversation.reply"),
                conversation,
                1,
                ConversationReply.Kind.ANSWER,
                "chat",
                "fr-CA",
                text,
                List.of(),
                null);
        harness.processElement2(new StreamRecord<>(reply, harness.getProcessingTime()));
        writeKeys();
    }

    private List<OutboundRecord> inbox() {
        List<OutboundRecord> records = new ArrayList<>();
        for (Object element = harness.getOutput().poll();
                element != null;
                element = harness.getOutput().poll()) {
            if (element instanceof StreamRecord<?> record) {
                records.add((OutboundRecord) record.getValue());
            }
        }
        return records;
    }

    private void writeKeys() throws IOException {
        Queue<StreamRecord<OutboundRecord>> keys = harness.getSideOutput(VaultOperator.KEYS);
        while (keys != null && !keys.isEmpty()) {
            topic.records().add(keys.poll().getValue());
        }
    }

    void wallClock(long time) throws Exception {
        harness.setProcessingTime(time);
        writeKeys();
    }

    OperatorSubtaskState snapshot() throws Exception {
        return harness.snapshot(1, harness.getProcessingTime());
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
