package io.millrace.operators.workflow;

import static io.millrace.operators.workflow.WorkflowLog.defined;
import static io.millrace.operators.workflow.WorkflowLog.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import io.millrace.logic.workflow.bind.BindingFact;
import io.millrace.logic.workflow.program.Program;
import io.millrace.operators.deadletter.Rejections;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.workflow.WorkflowDefined;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ReadWorkflowDefinitionsTest {

    /** A text names the agents of the workflow; {@code bad} is none. */
    private static Program program(WorkflowDefined defined) throws RejectedEventException {
        if (defined.text().equals("bad")) {
            throw new RejectedEventException(ErrorCode.INVALID_WORKFLOW, "line 1: no workflow");
        }
        return new Program(
                "default",
                defined.workflow(),
                defined.version(),
                NullNode.instance,
                null,
                Map.of(),
                new TreeSet<>(List.of(defined.text().split(" "))));
    }

    private static OneInputStreamOperatorTestHarness<SourceRecord, WorkflowDefined> reading(OperatorSubtaskState from)
            throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new ReadWorkflowDefinitions(ReadWorkflowDefinitionsTest::program)));
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        return harness;
    }

    private static List<String> letters(OneInputStreamOperatorTestHarness<?, ?> harness) {
        List<String> letters = new ArrayList<>();
        var output = harness.getSideOutput(Rejections.DEAD_LETTERS);
        if (output != null) {
            for (StreamRecord<OutboundRecord> letter : output) {
                letters.add(new String(
                        letter.getValue().headers().stream()
                                .filter(header -> header.key().equals("error_code"))
                                .findFirst()
                                .orElseThrow()
                                .value(),
                        StandardCharsets.UTF_8));
            }
        }
        return letters;
    }

    @Test
    void aDefinitionIsToldOnceAndStaysWhatItIsAfterARestartToo() throws Exception {
        OperatorSubtaskState state;
        try (var harness = reading(null)) {
            harness.processElement(new StreamRecord<>(record(defined("release", "1.0.0", "scanner patcher"))));
            harness.processElement(new StreamRecord<>(record(defined("release", "1.0.0", "scanner patcher"))));

            assertThat(harness.extractOutputValues())
                    .extracting(WorkflowDefined::text)
                    .containsExactly("scanner patcher");
            List<BindingFact> facts = harness.getSideOutput(ReadWorkflowDefinitions.FACTS).stream()
                    .map(StreamRecord::getValue)
                    .toList();
            assertThat(facts).hasSize(1);
            assertThat(facts.get(0).definition().agents()).containsExactly("patcher", "scanner");
            state = harness.snapshot(1, 1);
        }
        try (var harness = reading(state)) {
            harness.processElement(new StreamRecord<>(record(defined("release", "1.0.0", "scanner patcher"))));
            harness.processElement(new StreamRecord<>(record(defined("release", "1.0.0", "another"))));
            harness.processElement(new StreamRecord<>(record(defined("release", "1.0.1", "another"))));

            assertThat(harness.extractOutputValues())
                    .extracting(WorkflowDefined::version)
                    .containsExactly("1.0.1");
            assertThat(letters(harness)).containsExactly("version_exists");
        }
    }

    @Test
    void whatIsNoDefinitionIsADeadLetter() throws Exception {
        try (var harness = reading(null)) {
            WorkflowDefined good = defined("release", "1.0.0", "a");
            String lying =
                    new String(good.toJson(), StandardCharsets.UTF_8).replace("\"text\":\"a\"", "\"text\":\"b\"");
            harness.processElement(new StreamRecord<>(record(defined("release", "1.0.0", "bad"))));
            harness.processElement(new StreamRecord<>(record("release", good.toJson())));
            harness.processElement(new StreamRecord<>(record(good.key(), lying.getBytes(StandardCharsets.UTF_8))));
            harness.processElement(new StreamRecord<>(record(good.key(), null)));
            harness.processElement(new StreamRecord<>(record(good)));

            assertThat(letters(harness))
                    .containsExactly("invalid_workflow", "invalid_key", "invalid_value", "empty_value");
            assertThat(harness.extractOutputValues()).containsExactly(good);
        }
    }
}
