package io.millrace.operators.workflow;

import static io.millrace.operators.workflow.WorkflowLog.cancel;
import static io.millrace.operators.workflow.WorkflowLog.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.workflow.bind.BindingFact;
import io.millrace.logic.workflow.bind.KnownAgent;
import io.millrace.logic.workflow.bind.KnownDefinition;
import io.millrace.schema.agent.Risk;
import io.millrace.schema.wire.LogTime;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.workflow.RunRefused;
import io.millrace.schema.workflow.RunStarted;
import io.millrace.schema.workflow.WorkflowCommand;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowInput;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class BindStartsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DIGEST = "d".repeat(64);
    private static final String FLAG =
            "{\"state\":\"ENABLED\",\"variants\":{\"v1\":\"1.0.0\",\"v2\":\"2.0.0\"},\"defaultVariant\":\"v1\"}";

    private static KeyedTwoInputStreamOperatorTestHarness<String, WorkflowCommand, BindingFact, OutboundRecord> binding(
            OperatorSubtaskState from) throws Exception {
        var harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(
                        new BindStarts(PATIENCE), List.of(WorkflowState.DEFINITIONS, WorkflowState.AGENTS)),
                BindStarts::key,
                null,
                Types.STRING);
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        return harness;
    }

    private static void proveUpTo(
            KeyedTwoInputStreamOperatorTestHarness<String, WorkflowCommand, BindingFact, OutboundRecord> harness,
            long time)
            throws Exception {
        harness.processWatermark1(new Watermark(time + LogTime.IN_LOG_ORDER_MILLIS));
        harness.processWatermark2(new Watermark(time + LogTime.IN_LOG_ORDER_MILLIS));
    }

    private static void define(
            KeyedTwoInputStreamOperatorTestHarness<String, WorkflowCommand, BindingFact, OutboundRecord> harness,
            String version,
            String... agents)
            throws Exception {
        harness.processElement2(new StreamRecord<>(BindingFact.of(
                new KnownDefinition(WorkflowLog.TENANT, "release", version, DIGEST, List.of(agents), 1))));
    }

    private static List<WorkflowInput> told(
            KeyedTwoInputStreamOperatorTestHarness<String, WorkflowCommand, BindingFact, OutboundRecord> harness) {
        return harness.extractOutputValues().stream().map(BindStartsTest::read).toList();
    }

    private static WorkflowInput read(OutboundRecord record) {
        try {
            return WorkflowInput.read(
                    new SourceRecord("workflow-inbox", 0, 0, 0, record.key(), record.value(), List.of()));
        } catch (RejectedEventException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aStartIsBoundToTheVersionAndTheAgentsThatThereAre() throws Exception {
        try (var harness = binding(null)) {
            define(harness, "1.0.0", "scanner", "patcher", "nobody");
            harness.processElement2(
                    new StreamRecord<>(BindingFact.of("patcher", new KnownAgent(Risk.APPROVAL_REQUIRED, DIGEST))));
            harness.processElement2(new StreamRecord<>(BindingFact.of("scanner", new KnownAgent(Risk.AUTO, DIGEST))));
            harness.processElement2(new StreamRecord<>(BindingFact.of("nobody", new KnownAgent(Risk.AUTO, DIGEST))));
            harness.processElement2(new StreamRecord<>(BindingFact.of("nobody", null)));
            proveUpTo(harness, 10);

            harness.processElement1(new StreamRecord<>(start("r", "release", null), 10));

            RunStarted started = (RunStarted) told(harness).get(0);
            assertThat(started.version()).isEqualTo("1.0.0");
            assertThat(started.digest()).isEqualTo(DIGEST);
            assertThat(started.input()).isEqualTo("{\"n\":1}");
            assertThat(started.attributes()).containsEntry("team", "a");
            assertThat(started.agents())
                    .containsExactly(
                            new RunStarted.BoundAgent("scanner", Risk.AUTO, DIGEST),
                            new RunStarted.BoundAgent("patcher", Risk.APPROVAL_REQUIRED, DIGEST));
        }
    }

    @Test
    void whatWasPublishedBeforeTheStartIsSeenThoughItIsReadAfterIt() throws Exception {
        try (var harness = binding(null)) {
            proveUpTo(harness, 5);
            define(harness, "1.0.0");
            harness.processElement1(new StreamRecord<>(start("r", "release", null), 10));
            define(harness, "1.1.0");
            assertThat(told(harness)).isEmpty();

            proveUpTo(harness, 10);

            assertThat(((RunStarted) told(harness).get(0)).version()).isEqualTo("1.1.0");
        }
    }

    @Test
    void oneThatNamesItsVersionDoesNotWaitForProof() throws Exception {
        try (var harness = binding(null)) {
            define(harness, "1.0.0");
            proveUpTo(harness, 10);
            harness.processElement1(
                    new StreamRecord<>(start("r-1", "release", "1.0.0"), 10 + LogTime.IN_LOG_ORDER_MILLIS));
            harness.processElement1(
                    new StreamRecord<>(start("r-2", "release", null), 10 + LogTime.IN_LOG_ORDER_MILLIS));

            assertThat(told(harness)).extracting(WorkflowInput::runId).containsExactly("r-1");
        }
    }

    @Test
    void aFlagChoosesTheVersionAlsoAfterARestart() throws Exception {
        OperatorSubtaskState state;
        try (var harness = binding(null)) {
            define(harness, "1.0.0");
            define(harness, "2.0.0");
            harness.processElement2(new StreamRecord<>(BindingFact.ofFlag("workflow.release", FLAG)));
            harness.processElement2(new StreamRecord<>(BindingFact.ofFlag("workflow.other", null)));
            proveUpTo(harness, 10);
            harness.processElement1(new StreamRecord<>(start("r-1", "release", null), 10));
            state = harness.snapshot(1, 1);
            assertThat(version(harness)).isEqualTo("1.0.0");
        }
        try (var harness = binding(state)) {
            proveUpTo(harness, 20);
            harness.processElement1(new StreamRecord<>(start("r-2", "release", null), 20));
            assertThat(version(harness)).isEqualTo("1.0.0");

            harness.processElement2(new StreamRecord<>(BindingFact.ofFlag("workflow.release", null)));
            harness.processElement1(new StreamRecord<>(start("r-3", "release", null), 20));
            assertThat(version(harness)).isEqualTo("2.0.0");
        }
    }

    /** That of the run that was told last. */
    private static String version(
            KeyedTwoInputStreamOperatorTestHarness<String, WorkflowCommand, BindingFact, OutboundRecord> harness) {
        List<WorkflowInput> told = told(harness);
        return ((RunStarted) told.get(told.size() - 1)).version();
    }

    @Test
    void aStartWaitsForItsDefinitionAndWhatComesForTheRunBehindIt() throws Exception {
        OperatorSubtaskState state;
        try (var harness = binding(null)) {
            proveUpTo(harness, 100);
            harness.processElement1(new StreamRecord<>(start("r", "release", "1.0.0"), 10));
            harness.processElement1(new StreamRecord<>(cancel("r"), 11));
            harness.processElement1(new StreamRecord<>(start("r", "another", null), 12));
            harness.processElement1(new StreamRecord<>(cancel("other"), 13));
            assertThat(told(harness)).hasSize(1).allMatch(input -> input.runId().equals("other"));
            state = harness.snapshot(1, 1);
        }
        try (var harness = binding(state)) {
            proveUpTo(harness, 100);
            define(harness, "0.9.0");
            assertThat(told(harness)).isEmpty();
            define(harness, "1.0.0");

            assertThat(told(harness))
                    .extracting(input -> input.getClass().getSimpleName())
                    .containsExactly(RunStarted.class.getSimpleName(), WorkflowControl.class.getSimpleName());
            harness.setProcessingTime(PATIENCE.toMillis() + 1);
            assertThat(told(harness)).hasSize(2);
        }
    }

    @Test
    void aStartWithoutADefinitionIsRefusedInTheEnd() throws Exception {
        try (var harness = binding(null)) {
            proveUpTo(harness, 100);
            harness.processElement1(new StreamRecord<>(start("r", "relase", null), 10));
            harness.processElement1(new StreamRecord<>(cancel("r"), 11));

            harness.setProcessingTime(PATIENCE.toMillis());

            List<WorkflowInput> told = told(harness);
            assertThat(((RunRefused) told.get(0)).reason()).isEqualTo("relase: no definition of it came within 60 s");
            assertThat(told.get(1)).isInstanceOf(WorkflowControl.class);
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void onlySoManyStartsWaitForDefinitionsThatDoNotCome() throws Exception {
        try (var harness = binding(null)) {
            proveUpTo(harness, 100);
            for (int i = 0; i <= WaitingRoom.MAX_OF_TENANT; i++) {
                harness.processElement1(new StreamRecord<>(start("r" + i, "relase", null), 10));
            }

            assertThat(told(harness)).hasSize(1);
            assertThat(((RunRefused) told(harness).get(0)).reason()).contains("too many starts wait");
            harness.setProcessingTime(PATIENCE.toMillis());
            assertThat(told(harness)).hasSize(WaitingRoom.MAX_OF_TENANT + 1);
            harness.processElement1(new StreamRecord<>(start("again", "relase", null), 20));
            assertThat(told(harness)).hasSize(WaitingRoom.MAX_OF_TENANT + 1);
        }
    }

    @Test
    void aStartThatIsReadAgainIsBoundUnderTheSameId() throws Exception {
        try (var harness = binding(null)) {
            define(harness, "1.0.0");
            proveUpTo(harness, 10);
            harness.processElement1(new StreamRecord<>(start("r", "release", null), 10));
            define(harness, "1.1.0");
            harness.processElement1(new StreamRecord<>(start("r", "release", null), 10));

            assertThat(told(harness).stream()
                            .map(input -> input.envelope().eventId())
                            .distinct())
                    .hasSize(1);
        }
    }
}
