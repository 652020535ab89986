package io.millrace.operators.workflow;

import static io.millrace.operators.workflow.WorkflowLog.defined;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.logic.workflow.program.FormulaException;
import io.millrace.logic.workflow.program.InvalidDefinitionException;
import io.millrace.logic.workflow.program.Program;
import io.millrace.logic.workflow.program.ProgramCompiler;
import io.millrace.operators.agent.ApprovalKey;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.Usage;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.workflow.AgentAnswered;
import io.millrace.schema.workflow.RunStarted;
import io.millrace.schema.workflow.WorkflowDefined;
import io.millrace.schema.workflow.WorkflowInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RunOperatorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final RunTopics TOPICS =
            new RunTopics("inbox", "commands", "calls", "requests", "events", "runs", "emitted", "signals");
    private static final long START = 1_000_000;

    private static final WorkflowDefined CALLING = defined(
            "calling",
            "1.0.0",
            """
            {"document":{"dsl":"1.0.3","namespace":"default","name":"calling","version":"1.0.0"},
             "do":[{"pause":{"wait":{"seconds":5}}},
                   {"ask":{"call":"agent","with":{"agent":"echo","input":{"a":1}}}}]}
            """);

    private static Program program(WorkflowDefined defined) throws RejectedEventException {
        try {
            return ProgramCompiler.compile(JSON.readTree(defined.text()), (source, variables) -> {
                throw new FormulaException("no expressions here");
            });
        } catch (JsonProcessingException | InvalidDefinitionException e) {
            throw new RejectedEventException(ErrorCode.INVALID_WORKFLOW, e.getMessage());
        }
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, WorkflowInput, WorkflowDefined, AddressedRecord>
            running(OperatorSubtaskState from) throws Exception {
        var harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                new RunOperator(RunOperatorTest::program, TOPICS, new ApprovalKey(null)),
                RunOperator::key,
                null,
                Types.STRING);
        harness.setProcessingTime(START);
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        return harness;
    }

    private static RunStarted started(String runId) {
        return new RunStarted(
                WorkflowLog.envelope("run.started"),
                runId,
                CALLING.workflow(),
                CALLING.version(),
                CALLING.digest(),
                "null",
                Map.of(),
                List.of(),
                null,
                new RunStarted.Choice("workflow.calling", "v1"));
    }

    private static AgentAnswered answer(String runId, String callKey) {
        return new AgentAnswered(
                runId,
                new AgentResult(
                        UUID.randomUUID(),
                        START,
                        WorkflowLog.TENANT,
                        callKey,
                        "echo",
                        "echo",
                        AgentResult.Status.OK,
                        "{\"a\":1}",
                        null,
                        Usage.NONE,
                        7,
                        1,
                        false,
                        0,
                        1,
                        1,
                        null,
                        null));
    }

    private static List<JsonNode> sent(
            KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, AddressedRecord> harness, String topic) {
        return harness.extractOutputValues().stream()
                .filter(record -> record.topic().equals(topic))
                .map(record -> json(record.value()))
                .toList();
    }

    private static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new AssertionError(new String(value, StandardCharsets.UTF_8), e);
        }
    }

    /** Time passes, and the log is read up to there. */
    private static void pass(
            KeyedTwoInputStreamOperatorTestHarness<String, WorkflowInput, WorkflowDefined, AddressedRecord> harness,
            long time)
            throws Exception {
        harness.processWatermark1(new Watermark(time));
        harness.processWatermark2(new Watermark(time));
        for (long now = harness.getProcessingTime(); now < time; now += 10) {
            harness.setProcessingTime(now);
        }
        harness.setProcessingTime(time + 20);
    }

    @Test
    void aRunGoesOnAfterARestoreAndItsDefinitionMayComeAfterItsStart() throws Exception {
        OperatorSubtaskState state;
        try (var harness = running(null)) {
            harness.processElement1(new StreamRecord<>(started("r"), START));
            assertThat(sent(harness, "events"))
                    .as("its definition is not there")
                    .isEmpty();
            harness.processElement2(new StreamRecord<>(CALLING, START));
            pass(harness, START + 1_000);
            assertThat(sent(harness, "events")).isNotEmpty();
            assertThat(sent(harness, "calls")).isEmpty();
            state = harness.snapshot(1, 1);
        }
        try (var harness = running(state)) {
            pass(harness, START + 5_100);
            assertThat(sent(harness, "calls"))
                    .as("what was logged before it may not be read yet")
                    .isEmpty();
            pass(harness, START + 6_000);
            List<JsonNode> calls = sent(harness, "calls");
            assertThat(calls).hasSize(1);
            JsonNode call = calls.get(0);
            assertThat(call.path("reply_to").asText()).isEqualTo("inbox");
            assertThat(call.path("reply_key").asText()).isEqualTo("r");
            assertThat(call.at("/input/a").asInt()).isEqualTo(1);

            String callKey = call.path("call_key").asText();
            harness.processElement1(new StreamRecord<>(answer("r", callKey), START + 6_100));
            harness.processElement1(new StreamRecord<>(answer("r", callKey), START + 6_200));

            List<JsonNode> views = sent(harness, "runs");
            JsonNode last = views.get(views.size() - 1);
            assertThat(last.path("state").asText()).isEqualTo("completed");
            assertThat(last.path("cost_micros").asLong()).isEqualTo(7);
            assertThat(sent(harness, "events").stream()
                            .filter(event -> event.path("change").asText().equals("run_completed")))
                    .hasSize(1);
            assertThat(sent(harness, "signals")).singleElement().satisfies(signal -> {
                assertThat(signal.path("flag").asText()).isEqualTo("workflow.calling");
                assertThat(signal.path("variant").asText()).isEqualTo("v1");
            });
        }
    }
}
