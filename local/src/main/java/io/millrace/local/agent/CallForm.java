package io.millrace.local.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.logic.agent.ApprovalProof;
import io.millrace.logic.agent.CallKeys;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentCallReader;
import io.millrace.schema.agent.AgentCallWriter;
import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.Approval;
import io.millrace.schema.agent.CacheMode;
import io.millrace.schema.wire.JsonProblems;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A call as somebody fills it in; {@link #call} makes it an event that the job accepts, or says what is wrong.
 *
 * @param input JSON text
 * @param inputName what messages call the input
 */
public record CallForm(
        String tenant,
        String callKey,
        String agent,
        String input,
        String inputName,
        Duration timeout,
        CacheMode cache,
        Approval approval) {

    /** @throws AgentException when the job would refuse it */
    public AgentCall call() {
        requireJson();
        long timeoutMs = Math.min(timeout.toMillis(), Integer.MAX_VALUE);
        AgentCall call = new AgentCall(
                UUID.randomUUID(),
                System.currentTimeMillis(),
                tenant,
                callKey,
                agent,
                input,
                null,
                null,
                (int) timeoutMs,
                cache,
                Map.of(),
                null,
                approval,
                null,
                null,
                null);
        byte[] value = AgentCallWriter.write(call);
        byte[] key = callKey.getBytes(StandardCharsets.UTF_8);
        try {
            return AgentCallReader.read(
                    new SourceRecord(Topics.AGENT_CALLS, 0, 0, call.occurredAt(), key, value, List.of()));
        } catch (RejectedEventException e) {
            throw new AgentException(e.messageWithoutPlace() + " (" + e.code().wireName() + ")", e);
        }
    }

    /**
     * The same with the proof that somebody approved it.
     *
     * @param definition of the agent, as it is approved
     * @param expiresAt from when on the proof does not hold
     * @param approvalKey shared with the job
     */
    public CallForm approved(
            AgentDefinition definition, String requestId, String approvedBy, Instant expiresAt, byte[] approvalKey) {
        if (approvalKey.length < ApprovalProof.MIN_KEY_BYTES) {
            throw new AgentException("the approval key has " + approvalKey.length + " bytes, must have at least "
                    + ApprovalProof.MIN_KEY_BYTES);
        }
        AgentCall call = call();
        long expires = expiresAt.toEpochMilli();
        String mac = ApprovalProof.with(approvalKey)
                .mac(
                        CallKeys.idempotencyKey(tenant, callKey),
                        agent,
                        definition.digest(),
                        call.inputDigest(),
                        requestId,
                        approvedBy,
                        expires);
        Approval approved = new Approval(requestId, approvedBy, expires, mac);
        return new CallForm(tenant, callKey, agent, input, inputName, timeout, cache, approved);
    }

    /** The reader's places are those of the event: of the input's own text, this one knows. */
    private void requireJson() {
        try (JsonParser parser = new JsonFactory().createParser(input)) {
            if (parser.nextToken() == null) {
                throw new AgentException(inputName + ": is empty; without an input leave the option out");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new AgentException(inputName + ": goes on after the end of its JSON");
            }
        } catch (JsonProcessingException e) {
            throw new AgentException(
                    inputName + ":" + e.getLocation().getLineNr() + ": not JSON: "
                            + JsonProblems.inWords(e.getOriginalMessage()),
                    e);
        } catch (IOException e) {
            throw new AgentException(inputName + ": " + e.getMessage(), e);
        }
    }
}
