package io.millrace.operators.agent;

import io.millrace.logic.agent.ApprovalProof;
import io.millrace.logic.agent.CallKeys;
import io.millrace.logic.agent.CallRouter;
import io.millrace.logic.agent.registry.AgentRegistry;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentCallReader;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.agent.AgentVersions;
import io.millrace.schema.agent.Usage;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Writes what the topics of the agents job would hold. JSON is written with single quotes. */
final class AgentLog {
    static final Set<String> TRANSPORTS = Set.of("http", AgentVersions.KIND);
    static final AgentSources SOURCES = AgentSources.of(TRANSPORTS, Topics.FLAGS);

    private long offset;

    private SourceRecord record(String topic, String key, long time, String type, String fields) {
        String json = ("{'schema_version':1,'event_id':'" + new UUID(7, offset) + "','event_type':'" + type
                        + "','occurred_at':'2026-11-20T08:00:00Z'," + fields + "}")
                .replace('\'', '"');
        return new SourceRecord(
                topic,
                0,
                offset++,
                time,
                key.getBytes(StandardCharsets.UTF_8),
                json.getBytes(StandardCharsets.UTF_8),
                List.of());
    }

    SourceRecord registered(String agent, long time, String... fields) {
        String more = fields.length == 0 ? "" : "," + String.join(",", fields);
        String transport = more.contains("'transport'") ? "" : ",'transport':{'kind':'http','url':'http://localhost'}";
        return record(
                Topics.AGENT_REGISTRY,
                agent,
                time,
                "agent.registered",
                "'agent':'" + agent + "','version':1,'type':'OTHER'" + transport + more);
    }

    SourceRecord flag(String key, String definition) {
        return new SourceRecord(
                Topics.FLAGS,
                0,
                offset++,
                0,
                key.getBytes(StandardCharsets.UTF_8),
                definition.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                List.of());
    }

    SourceRecord invalidated(String agent, String version, long time) {
        return record(
                Topics.AGENT_REGISTRY,
                agent + "/" + version + "/",
                time,
                "agent.cache.invalidated",
                "'agent':'" + agent + "','version':'" + version + "'");
    }

    /** @param key that of a definition or of an invalidation */
    SourceRecord tombstone(String key, long time) {
        return new SourceRecord(
                Topics.AGENT_REGISTRY, 0, offset++, time, key.getBytes(StandardCharsets.UTF_8), null, List.of());
    }

    SourceRecord call(String agent, String key, long time, String... fields) {
        String more = fields.length == 0 ? "" : "," + String.join(",", fields);
        return record(
                Topics.AGENT_CALLS, key, time, "agent.call", "'agent':'" + agent + "','call_key':'" + key + "'" + more);
    }

    /** A call with an approval for an hour. */
    SourceRecord approved(String agent, String key, long time, byte[] secret, SourceRecord definition)
            throws RejectedEventException {
        long expiresAt = time + 3_600_000;
        String mac = ApprovalProof.with(secret)
                .mac(
                        CallKeys.idempotencyKey("default", key),
                        agent,
                        AgentRegistryReader.read(definition).definition().digest(),
                        AgentCallReader.read(call(agent, key, time)).inputDigest(),
                        "r",
                        "ada",
                        expiresAt);
        return call(
                agent,
                key,
                time,
                "'approval':{'request_id':'r','approved_by':'ada','expires_at':'" + Instant.ofEpochMilli(expiresAt)
                        + "','mac':'" + mac + "'}");
    }

    /** A call on its way to its owner, as of a registry of these records. */
    static AgentMessage routed(SourceRecord call, SourceRecord... registry) throws RejectedEventException {
        AgentRegistry known = AgentRegistry.empty(TRANSPORTS);
        for (SourceRecord record : registry) {
            known = known.with(AgentRegistryReader.read(record), record.timestamp());
        }
        return AgentMessage.of(new CallRouter(Topics.AGENT_RESULTS, List.of())
                .route(AgentCallReader.read(call), known, call.timestamp()));
    }

    static AgentMessage answered(AgentAttempt attempt, String output, long time) {
        return outcome(attempt, Status.OK, output, null, 0, time);
    }

    /** @param micros what it cost */
    static AgentMessage paid(AgentAttempt attempt, long micros, long time) {
        return outcome(attempt, Status.OK, "1", null, micros, time);
    }

    static AgentMessage unreachable(AgentAttempt attempt, long time) {
        AgentError error = new AgentError(AgentErrorCode.UNREACHABLE, "there is no connection");
        return outcome(attempt, Status.RETRYABLE, null, error, 0, time);
    }

    private static AgentMessage outcome(
            AgentAttempt attempt, Status status, String output, AgentError error, long micros, long time) {
        return AgentMessage.of(
                new AgentOutcome(
                        attempt.attemptId(),
                        attempt.owner(),
                        attempt.tenant(),
                        attempt.agent(),
                        status,
                        output,
                        error,
                        0,
                        Usage.NONE,
                        micros,
                        time,
                        time,
                        0,
                        null,
                        null),
                time);
    }
}
