package io.millrace.schema.agent;

import io.millrace.schema.wire.CanonicalJson;
import io.millrace.schema.wire.CloudEvent;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.EnvelopeReader;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.EventValue;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.Precedence;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code agent.call} from JSON, plain or in a CloudEvents envelope. An instance reads one event. */
public final class AgentCallReader {
    /** The largest value that is accepted: room for the input and all the rest. */
    public static final int MAX_BYTES = AgentCall.MAX_INPUT_BYTES + 128 * 1024;

    static final int MAX_DEPENDENCIES = 100;
    private static final int MAX_ID = EnvelopeReader.MAX_ID;
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{64}");

    private static final ObjectFields<AgentCallReader> FIELDS = new ObjectFields<AgentCallReader>("")
            .with("call_key", (call, field, json) -> call.callKey = json.identifier(field, MAX_ID))
            .with("agent", (call, field, json) -> call.agent = Values.agent(field, json))
            .with("input", (call, field, json) -> call.input = json.json(field, AgentCall.MAX_INPUT_BYTES))
            .with(
                    "deadline",
                    (call, field, json) -> call.deadline = json.instant(field).toEpochMilli())
            .with(
                    "timeout_ms",
                    (call, field, json) -> call.timeoutMs = json.integer(field, 1, AgentCall.MAX_TIMEOUT_MS))
            .with("cache", (call, field, json) -> call.cache = Values.lower(field, json, CacheMode.values()))
            .with("dependencies", (call, field, json) -> call.dependencies = dependencies(field, json))
            .with("reply_to", (call, field, json) -> call.replyTo = Values.topic(field, json))
            .with("reply_key", (call, field, json) -> call.replyKey = json.identifier(field, MAX_ID))
            .with("approval", (call, field, json) -> call.approval = ApprovalReader.read(field, json));

    private final EnvelopeReader envelope = new EnvelopeReader(AgentCallReader::isKnown);
    private int seen;
    private String callKey;
    private String agent;
    private String input = "null";
    private Long deadline;
    private int timeoutMs;
    private CacheMode cache = CacheMode.USE;
    private Map<String, String> dependencies = Map.of();
    private String replyTo;
    private String replyKey;
    private Approval approval;

    private AgentCallReader() {}

    /**
     * Reads the call that a record holds.
     *
     * @throws RejectedEventException when it is not acceptable; never anything else, whatever the bytes
     */
    public static AgentCall read(SourceRecord source) throws RejectedEventException {
        return EventValue.read(source, MAX_BYTES, AgentCallReader::read);
    }

    private static AgentCall read(byte[] value, CloudEvent cloudEvent) throws RejectedEventException {
        return Precedence.before(
                () -> new AgentCallReader().readAll(value, cloudEvent), value, AgentCallReader::isKnown);
    }

    private static boolean isKnown(String type) {
        return type.equals(AgentCall.TYPE);
    }

    private AgentCall readAll(byte[] value, CloudEvent cloudEvent) throws RejectedEventException {
        JsonEvent.readObject(value, 0, value.length, this::readField);
        return finish(envelope.finish(cloudEvent));
    }

    private void readField(String name, JsonEvent json) throws IOException, RejectedEventException {
        if (!envelope.readField(name, json)) {
            seen = FIELDS.read(name, json, this, seen);
        }
    }

    private AgentCall finish(Envelope common) throws RejectedEventException {
        Values.require(callKey, "call_key");
        Values.require(agent, "agent");
        if (deadline != null && timeoutMs != 0) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_VALUE, "timeout_ms: a call has a deadline or a timeout_ms, not both");
        }
        return new AgentCall(
                common.eventId(),
                common.occurredAt().toEpochMilli(),
                common.tenant(),
                callKey,
                agent,
                input,
                CanonicalJson.digest("input", input),
                deadline,
                timeoutMs,
                cache,
                dependencies,
                replyTo,
                approval,
                common.correlationId(),
                common.traceparent(),
                replyKey);
    }

    private static Map<String, String> dependencies(String field, JsonEvent json)
            throws IOException, RejectedEventException {
        SortedMap<String, String> digests = new TreeMap<>();
        json.object(field, (name, value) -> {
            if (digests.containsKey(name)) {
                throw value.duplicate(field + "." + name);
            }
            if (digests.size() == MAX_DEPENDENCIES) {
                throw value.invalid(field, "must have at most " + MAX_DEPENDENCIES + " fields");
            }
            requireName(field, name, value);
            digests.put(name, value.identifier(field + "." + name, MAX_ID));
        });
        return Collections.unmodifiableSortedMap(digests);
    }

    private static void requireName(String field, String name, JsonEvent json) throws RejectedEventException {
        if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_ID) {
            throw json.invalid(field, "names must have 1 to " + MAX_ID + " characters");
        }
        boolean encodable = StandardCharsets.UTF_8.newEncoder().canEncode(name);
        if (!encodable || name.chars().anyMatch(Character::isISOControl)) {
            throw json.invalid(field, "names must not contain control characters, or half of a surrogate pair");
        }
    }

    private static final class ApprovalReader {
        private static final ObjectFields<ApprovalReader> FIELDS = new ObjectFields<ApprovalReader>("approval")
                .with("request_id", (into, field, json) -> into.requestId = json.identifier(field, MAX_ID))
                .with("approved_by", (into, field, json) -> into.approvedBy = json.identifier(field, MAX_ID))
                .with(
                        "expires_at",
                        (into, field, json) ->
                                into.expiresAt = json.instant(field).toEpochMilli())
                .with("mac", (into, field, json) -> into.mac = mac(field, json));

        private String requestId;
        private String approvedBy;
        private Long expiresAt;
        private String mac;

        static Approval read(String field, JsonEvent json) throws IOException, RejectedEventException {
            ApprovalReader into = FIELDS.object(field, json, new ApprovalReader());
            Values.require(into.requestId, "approval.request_id");
            Values.require(into.approvedBy, "approval.approved_by");
            Values.require(into.expiresAt, "approval.expires_at");
            Values.require(into.mac, "approval.mac");
            return new Approval(into.requestId, into.approvedBy, into.expiresAt, into.mac);
        }

        private static String mac(String field, JsonEvent json) throws IOException, RejectedEventException {
            String text = json.string(field, 1, 64);
            if (!MAC.matcher(text).matches()) {
                throw json.invalid(field, "must be 64 hexadecimal digits in small letters");
            }
            return text;
        }
    }
}
