package io.millrace.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.wire.Envelope;
import io.millrace.schema.workflow.WorkflowError;
import io.millrace.schema.workflow.WorkflowEvent;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunTreeTest {
    private final List<WorkflowEvent> events = new ArrayList<>();

    private RunTreeTest event(Change change, String step, String iteration, Long durationMs, Long costMicros) {
        WorkflowError error = change == Change.STEP_FAILED
                ? new WorkflowError("urn:x", 500, "No answer", "nobody answers", step)
                : null;
        events.add(new WorkflowEvent(
                new Envelope(UUID.randomUUID(), "workflow.event", Instant.EPOCH, "default", null, null),
                "r",
                "release",
                "1.0.0",
                events.size() + 1,
                change,
                step,
                iteration,
                "agent",
                change == Change.STEP_STARTED || change == Change.STEP_COMPLETED ? 1 : 2,
                durationMs,
                costMicros,
                null,
                null,
                null,
                error));
        return this;
    }

    private List<String> rows() {
        return RunTree.of(events).rows().stream()
                .map(row -> row.depth() + " " + row.name() + " " + row.state() + " " + row.rounds() + " rounds "
                        + row.attempts() + " attempts " + row.durationMs() + " ms " + row.costMicros()
                        + (row.detail() == null ? "" : " " + row.detail()))
                .toList();
    }

    @Test
    void stepsStandInTheOrderOfTheDefinitionUnderThoseThatTheyAreIn() {
        event(Change.RUN_STARTED, null, null, null, null);
        event(Change.STEP_STARTED, "/do/10/last", null, null, null);
        event(Change.STEP_STARTED, "/do/2/loop", null, null, null);
        event(Change.STEP_STARTED, "/do/2/loop/for/do/0/ask", "0", null, null);
        event(Change.STEP_STARTED, "/do/1/safe/catch/do/0/undo", null, null, null);
        event(Change.STEP_STARTED, "/do/1/safe/try/0/risk", null, null, null);

        assertThat(rows())
                .containsExactly(
                        "0 risk RUNNING 1 rounds 1 attempts 0 ms 0",
                        "0 undo RUNNING 1 rounds 1 attempts 0 ms 0",
                        "0 loop RUNNING 1 rounds 1 attempts 0 ms 0",
                        "1 ask RUNNING 1 rounds 1 attempts 0 ms 0",
                        "0 last RUNNING 1 rounds 1 attempts 0 ms 0");
    }

    @Test
    void roundsOfALoopAreOneRow() {
        for (int round = 0; round < 3; round++) {
            event(Change.STEP_STARTED, "/do/0/ask", Integer.toString(round), null, null);
            event(Change.STEP_COMPLETED, "/do/0/ask", Integer.toString(round), 100L, 7L);
        }

        assertThat(rows()).containsExactly("0 ask COMPLETED 3 rounds 3 attempts 300 ms 21");
    }

    @Test
    void whatIsTriedAgainCountsItsAttemptsAndSaysWhyItFailed() {
        event(Change.STEP_STARTED, "/do/0/ask", null, null, null);
        event(Change.STEP_RETRIED, "/do/0/ask", null, null, null);
        event(Change.STEP_FAILED, "/do/0/ask", null, 50L, 3L);

        assertThat(rows()).containsExactly("0 ask FAILED 1 rounds 2 attempts 50 ms 3 nobody answers");
    }
}
