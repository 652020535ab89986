package io.millrace.operators.workflow;

import io.millrace.logic.agent.ApprovalProof;
import io.millrace.logic.agent.CallKeys;
import io.millrace.logic.workflow.RunCommand;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.Approval;
import io.millrace.schema.agent.CacheMode;
import io.millrace.schema.wire.CanonicalJson;
import io.millrace.schema.wire.RejectedEventException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes calls of agents whose answers come to the run, and the proofs of those that were approved. */
final class AgentCalls {
    private static final Logger LOG = LoggerFactory.getLogger(AgentCalls.class);

    /** Less than the agents job remembers keys, beyond which it takes no proof. */
    private static final Duration PROOF_HOLDS = Duration.ofHours(12);

    private final ApprovalProof proof;
    private final boolean hasKey;
    private final String inbox;

    /**
     * @param hasKey whether {@code proof} has one; without it calls that need a proof have none
     * @param inbox where answers are to come
     */
    AgentCalls(ApprovalProof proof, boolean hasKey, String inbox) {
        this.proof = proof;
        this.hasKey = hasKey;
        this.inbox = inbox;
    }

    AgentCall of(RunCommand.Call call) {
        // Reckoned for a proof alone: nobody else on this side asks for it.
        String digest = call.grant() == null || !hasKey ? null : digest(call);
        return new AgentCall(
                call.eventId(),
                call.at(),
                call.tenant(),
                call.callKey(),
                call.agent(),
                call.input(),
                digest,
                null,
                call.timeoutMs(),
                CacheMode.USE,
                Map.of(),
                inbox,
                digest == null ? null : approval(call, digest),
                call.correlationId(),
                call.traceparent(),
                call.runId());
    }

    private Approval approval(RunCommand.Call call, String digest) {
        RunCommand.Grant grant = call.grant();
        long expiresAt = call.at() + PROOF_HOLDS.toMillis();
        String mac = proof.mac(
                CallKeys.idempotencyKey(call.tenant(), call.callKey()),
                call.agent(),
                grant.definitionDigest(),
                digest,
                grant.requestId(),
                grant.approvedBy(),
                expiresAt);
        return new Approval(grant.requestId(), grant.approvedBy(), expiresAt, mac);
    }

    /** Null when the input has none, which the agents job will say too. */
    private static String digest(RunCommand.Call call) {
        try {
            return CanonicalJson.digest("input", call.input());
        } catch (RejectedEventException e) {
            LOG.warn("The call {} of run {} can't be approved: {}", call.callKey(), call.runId(), e.getMessage());
            return null;
        }
    }
}
