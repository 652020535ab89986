package io.millrace.operators.agent;

import static io.millrace.operators.agent.CallHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.AgentResult.Status;
import io.millrace.schema.agent.AgentResultWriter;
import io.millrace.schema.agent.Usage;
import io.millrace.schema.rollout.HealthSignal;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class TellVersionsTest {
    private final AgentLog log = new AgentLog();

    private static TwoInputStreamOperatorTestHarness<AddressedRecord, SourceRecord, OutboundRecord> open(
            OperatorSubtaskState state) throws Exception {
        TwoInputStreamOperatorTestHarness<AddressedRecord, SourceRecord, OutboundRecord> harness =
                new TwoInputStreamOperatorTestHarness<>(new CoProcessOperator<>(new TellVersions()));
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private static StreamRecord<AddressedRecord> result(String agent, Status status, boolean cached) {
        UUID id = UUID.nameUUIDFromBytes((agent + status + cached).getBytes(StandardCharsets.UTF_8));
        AgentError error = status == Status.OK ? null : new AgentError(AgentErrorCode.AGENT_FAILED, "it fell over");
        AgentResult result = new AgentResult(
                id,
                NOW,
                "acme",
                "k",
                agent,
                status == Status.OK ? agent : null,
                status,
                status == Status.OK ? "1" : null,
                error,
                Usage.NONE,
                0,
                1,
                cached,
                5,
                40,
                60,
                "run-7",
                null);
        return new StreamRecord<>(AddressedRecord.to(
                Topics.AGENT_RESULTS, OutboundRecord.of("k", AgentResultWriter.write(result), "run-7", null)));
    }

    private static List<String> told(TwoInputStreamOperatorTestHarness<?, ?, OutboundRecord> harness)
            throws RejectedEventException {
        List<String> told = new ArrayList<>();
        for (StreamRecord<? extends OutboundRecord> record : harness.extractOutputStreamRecords()) {
            HealthSignal signal = HealthSignal.read(new SourceRecord(
                    Topics.HEALTH_SIGNALS, 0, 0, 0, null, record.getValue().value(), List.of()));
            assertThat(signal.source()).isEqualTo("agents");
            told.add(signal.flag() + " " + signal.variant() + " " + signal.errors() + " " + signal.latencyMs());
        }
        return told;
    }

    @Test
    void howCallsOfVersionsWentIsToldAlsoAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (var harness = open(null)) {
            harness.processElement1(result("a-1", Status.OK, false));
            harness.processElement2(new StreamRecord<>(log.flag(
                    "a-version", "{'state':'ENABLED','variants':{'old':'a-1','new':'a-2'},'defaultVariant':'old'}")));
            harness.processElement2(new StreamRecord<>(log.flag(
                    "no-agents", "{'state':'ENABLED','variants':{'on':true,'off':false},'defaultVariant':'off'}")));
            harness.processElement1(result("a-1", Status.OK, false));
            harness.processElement1(result("a-2", Status.FAILED, false));
            harness.processElement1(result("a-2", Status.DEGRADED, false));
            harness.processElement1(result("b", Status.OK, false));
            harness.processElement1(result("a-1", Status.OK, true));
            harness.processElement1(result("a-1", Status.REFUSED, false));

            assertThat(told(harness)).containsExactly("a-version old 0 40", "a-version new 1 40", "a-version new 1 40");
            state = harness.snapshot(1, NOW);
        }
        try (var harness = open(state)) {
            harness.processElement1(result("a-2", Status.OK, false));
            assertThat(told(harness)).containsExactly("a-version new 0 40");
        }
    }

    @Test
    void aResultThatComesAgainIsToldUnderTheSameId() throws Exception {
        try (var harness = open(null)) {
            harness.processElement2(new StreamRecord<>(
                    log.flag("a-version", "{'state':'ENABLED','variants':{'old':'a-1'},'defaultVariant':'old'}")));
            harness.processElement1(result("a-1", Status.OK, false));
            harness.processElement1(result("a-1", Status.OK, false));

            List<byte[]> values = harness.extractOutputStreamRecords().stream()
                    .map(record -> record.getValue().value())
                    .toList();
            assertThat(values.get(1)).isEqualTo(values.get(0));
        }
    }
}
