package io.millrace.jobs.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.logic.agent.CallKeys;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.AgentResultWriter;
import io.millrace.schema.agent.Usage;
import io.millrace.testing.jobs.JobTopics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Answers calls of agents with their inputs, to where they want the answer, as the agents job does. */
final class StandInAgents {
    private static final long COST_MICROS = 7;

    private final JobTopics topics;
    private final Set<String> answered = new HashSet<>();

    StandInAgents(JobTopics topics) {
        this.topics = topics;
    }

    /** Answers calls that were not answered yet. @return how many were answered so far */
    int answer(Predicate<JsonNode> which) {
        for (JsonNode call : calls()) {
            if (which.test(call) && answered.add(call.path("call_key").asText())) {
                reply(call);
            }
        }
        return answered.size();
    }

    /** Answers everything once more, later and in another order. */
    void repeat() {
        List<JsonNode> calls = calls();
        for (int i = calls.size() - 1; i >= 0; i--) {
            reply(calls.get(i));
        }
    }

    List<JsonNode> calls() {
        return topics.jsonOf("agent-calls");
    }

    private void reply(JsonNode call) {
        String tenant = call.path("tenant").asText();
        String callKey = call.path("call_key").asText();
        AgentResult result = new AgentResult(
                AgentResult.idOf(CallKeys.idempotencyKey(tenant, callKey)),
                System.currentTimeMillis(),
                tenant,
                callKey,
                call.path("agent").asText(),
                call.path("agent").asText(),
                AgentResult.Status.OK,
                call.path("input").toString(),
                null,
                Usage.NONE,
                COST_MICROS,
                1,
                false,
                0,
                1,
                1,
                null,
                null);
        topics.publish("workflow-inbox", call.path("reply_key").asText(), AgentResultWriter.write(result));
    }
}
