package io.millrace.operators.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.logic.agent.CallSettings;
import io.millrace.logic.agent.PriceTable;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** One subtask of the operator of calls, on RocksDB, with clocks set by the test. */
final class CallHarness implements AutoCloseable {
    /** The wall clock when a harness opens. */
    static final long NOW = 1_800_000_000_000L;

    private static final int MAX_PARALLELISM = 720;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KeyedTwoInputStreamOperatorTestHarness<String, AgentMessage, SourceRecord, AgentMessage> harness;

    private CallHarness(OperatorSubtaskState state, int before, int parallelism, int subtask, ApprovalKey approvals)
            throws Exception {
        CallOperator operator =
                new CallOperator(CallSettings.DEFAULTS, PriceTable.FREE, approvals, AgentLog.SOURCES, () -> 0);
        harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                operator, AgentMessage::owner, null, Types.STRING, MAX_PARALLELISM, parallelism, subtask);
        harness.setStateBackend(new EmbeddedRocksDBStateBackend());
        harness.setProcessingTime(NOW);
        if (state != null) {
            harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                    state, MAX_PARALLELISM, before, parallelism, subtask));
        }
        harness.open();
    }

    /** A new operator whose inputs have caught up. */
    static CallHarness caughtUp() throws Exception {
        return restore(null, 1, 1, 0);
    }

    /** One subtask of {@code parallelism}, from the state of {@code before} subtasks packed together. */
    static CallHarness restore(OperatorSubtaskState state, int before, int parallelism, int subtask) throws Exception {
        return open(new CallHarness(state, before, parallelism, subtask, new ApprovalKey(null)));
    }

    /** One with a key of approvals; {@code state} null for a new operator. */
    static CallHarness approving(ApprovalKey key, OperatorSubtaskState state) throws Exception {
        return open(new CallHarness(state, 1, 1, 0, key));
    }

    private static CallHarness open(CallHarness restored) throws Exception {
        restored.harness.processWatermarkStatus1(WatermarkStatus.IDLE);
        restored.harness.processWatermarkStatus2(WatermarkStatus.IDLE);
        return restored;
    }

    CallHarness with(SourceRecord... registrations) throws Exception {
        for (SourceRecord registration : registrations) {
            harness.processElement2(new StreamRecord<>(registration));
        }
        return this;
    }

    void process(AgentMessage message) throws Exception {
        harness.processElement1(new StreamRecord<>(message));
    }

    /** The first input was read up to there; the second is idle. */
    void readUpTo(long logTime) throws Exception {
        harness.processWatermarkStatus1(WatermarkStatus.ACTIVE);
        harness.processWatermark1(new Watermark(logTime));
    }

    void wallClock(long time) throws Exception {
        harness.setProcessingTime(time);
    }

    OperatorSubtaskState snapshot() throws Exception {
        return harness.snapshot(1, harness.getProcessingTime());
    }

    /** Attempts since the last call. */
    List<AgentAttempt> attempts() {
        List<AgentAttempt> attempts = new ArrayList<>();
        Queue<Object> output = harness.getOutput();
        for (Object element = output.poll(); element != null; element = output.poll()) {
            if (element instanceof StreamRecord<?> record) {
                attempts.add(((AgentMessage) record.getValue()).attempt());
            }
        }
        return attempts;
    }

    /** Results since the last call. */
    List<JsonNode> results() throws IOException {
        List<JsonNode> results = new ArrayList<>();
        Queue<StreamRecord<AddressedRecord>> records = harness.getSideOutput(CallOutputs.RESULTS);
        while (records != null && !records.isEmpty()) {
            results.add(JSON.readTree(records.poll().getValue().value()));
        }
        return results;
    }

    /** What was told of versions since the last call. */
    List<JsonNode> signals() throws IOException {
        List<JsonNode> signals = new ArrayList<>();
        Queue<StreamRecord<OutboundRecord>> records = harness.getSideOutput(CallOutputs.SIGNALS);
        while (records != null && !records.isEmpty()) {
            signals.add(JSON.readTree(records.poll().getValue().value()));
        }
        return signals;
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
