package io.millrace.chaos.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.chaos.workload.Outsiders;
import io.millrace.logic.agent.CallKeys;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.AgentResultWriter;
import io.millrace.schema.agent.Usage;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.ApprovalDecided;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Whom runs wait for: agents, who answer as the agents job does, and people, who vote. They are outside of what is
 * killed. What one does follows from the key of the call or the id of the request: some answer twice, late or not before
 * the timeout, some vote twice, some may not vote at all.
 */
final class Counterparts extends Outsiders {
    private static final long COST_MICROS = 7;
    private static final int LATE_MILLIS = 1_000;

    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private final Set<String> known = new HashSet<>();
    private int calls;
    private int requests;

    private record Due(long at, String topic, String key, byte[] value) {}

    Counterparts(String bootstrapServers, List<TopicSpec> topics) {
        super("counterparts of runs", bootstrapServers, topics);
        start();
    }

    @Override
    protected void act() {
        long now = System.currentTimeMillis();
        List<JsonNode> allCalls = probe.jsonOf(Topics.AGENT_CALLS);
        while (calls < allCalls.size()) {
            answer(allCalls.get(calls++), now);
        }
        List<JsonNode> allRequests = probe.jsonOf(Topics.APPROVAL_REQUESTS);
        while (requests < allRequests.size()) {
            vote(allRequests.get(requests++), now);
        }
        while (!due.isEmpty() && due.peek().at() <= now) {
            Due next = due.poll();
            probe.publish(next.topic(), next.key(), next.value());
        }
    }

    private void answer(JsonNode call, long now) {
        String callKey = call.path("call_key").asText();
        if (!known.add(callKey)) {
            return;
        }
        Random random = new Random(callKey.hashCode());
        boolean fails = call.path("agent").asText().equals(Shapes.MOODY) && random.nextInt(100) < 55;
        int dice = random.nextInt(100);
        int after = random.nextInt(dice < 8 ? 3 * LATE_MILLIS : 300);
        byte[] result = result(call, fails, now);
        due.add(new Due(
                now + after, Topics.WORKFLOW_INBOX, call.path("reply_key").asText(), result));
        if (dice >= 88) {
            due.add(new Due(
                    now + after + random.nextInt(2 * LATE_MILLIS),
                    Topics.WORKFLOW_INBOX,
                    call.path("reply_key").asText(),
                    result));
        }
    }

    private static byte[] result(JsonNode call, boolean fails, long now) {
        String tenant = call.path("tenant").asText(Envelope.DEFAULT_TENANT);
        String callKey = call.path("call_key").asText();
        String agent = call.path("agent").asText();
        return AgentResultWriter.write(new AgentResult(
                AgentResult.idOf(CallKeys.idempotencyKey(tenant, callKey)),
                now,
                tenant,
                callKey,
                agent,
                agent,
                fails ? AgentResult.Status.FAILED : AgentResult.Status.OK,
                fails ? null : call.path("input").toString(),
                fails ? new AgentError(AgentErrorCode.AGENT_FAILED, "it was not in the mood") : null,
                Usage.NONE,
                COST_MICROS,
                1,
                false,
                0,
                1,
                1,
                null,
                null));
    }

    private void vote(JsonNode request, long now) {
        String id = request.path("request_id").asText();
        if (!known.add(id)) {
            return;
        }
        Random random = new Random(id.hashCode());
        if (random.nextInt(100) < 20) {
            decide(request, "mallory", "approve", now);
        }
        for (String by : List.of("ada", "bob")) {
            int dice = random.nextInt(100);
            // About when it expires; or soon; or never.
            long at = now + (dice < 30 ? 1_500 + random.nextInt(1_000) : random.nextInt(800));
            if (dice < 90) {
                decide(request, by, dice % 5 == 0 ? "reject" : "approve", at);
            }
            if (dice % 7 == 0) {
                decide(request, by, "approve", at + random.nextInt(LATE_MILLIS));
            }
        }
    }

    private void decide(JsonNode request, String by, String choice, long at) {
        String run = request.path("run_id").asText();
        Envelope envelope = new Envelope(
                UUID.randomUUID(),
                "approval.decided",
                Instant.ofEpochMilli(at),
                request.path("tenant").asText(Envelope.DEFAULT_TENANT),
                null,
                null);
        ApprovalDecided decided =
                new ApprovalDecided(envelope, run, request.path("request_id").asText(), choice, by, null, null);
        due.add(new Due(at, Topics.APPROVAL_DECISIONS, run, decided.toJson()));
    }
}
