package io.millrace.local.workflow.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowError;
import java.time.Duration;
import java.util.List;

/**
 * What a run came to.
 *
 * @param output null when it did not complete
 * @param error null when it did
 * @param calls of agents, in their order
 * @param took in the time of the run
 * @param stuck what nobody in the test has an answer to, or who does not answer; null when the run ended
 */
record Outcome(RunStatus state, JsonNode output, WorkflowError error, List<Call> calls, Duration took, String stuck) {

    /** A call of an agent. */
    record Call(String agent, JsonNode input) {}
}
