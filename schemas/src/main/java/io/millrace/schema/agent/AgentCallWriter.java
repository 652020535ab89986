package io.millrace.schema.agent;

import static io.millrace.schema.wire.JsonWriter.name;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import io.millrace.schema.wire.EnvelopeWriter;
import io.millrace.schema.wire.JsonWriter;
import java.io.IOException;
import java.util.Map;

/** Writes a call as JSON, so that {@link AgentCallReader} reads the same call. The record's key is the call key. */
public final class AgentCallWriter {
    static final SerializableString CALL_KEY = name("call_key");
    static final SerializableString AGENT = name("agent");

    private static final SerializableString INPUT = name("input");
    private static final SerializableString DEADLINE = name("deadline");
    private static final SerializableString TIMEOUT_MS = name("timeout_ms");
    private static final SerializableString CACHE = name("cache");
    private static final SerializableString DEPENDENCIES = name("dependencies");
    private static final SerializableString REPLY_TO = name("reply_to");
    private static final SerializableString REPLY_KEY = name("reply_key");
    private static final SerializableString APPROVAL = name("approval");
    private static final SerializableString REQUEST_ID = name("request_id");
    private static final SerializableString APPROVED_BY = name("approved_by");
    private static final SerializableString EXPIRES_AT = name("expires_at");
    private static final SerializableString MAC = name("mac");

    private AgentCallWriter() {}

    public static byte[] write(AgentCall call) {
        return JsonWriter.object(out -> {
            EnvelopeWriter.write(
                    out, AgentCall.SCHEMA_VERSION, call.eventId(), AgentCall.TYPE, call.occurredAt(), call.tenant());
            JsonWriter.text(out, CALL_KEY, call.callKey());
            JsonWriter.text(out, AGENT, call.agent());
            JsonWriter.json(out, INPUT, call.input());
            JsonWriter.time(out, DEADLINE, call.deadline());
            if (call.timeoutMs() > 0) {
                JsonWriter.number(out, TIMEOUT_MS, call.timeoutMs());
            }
            JsonWriter.text(out, CACHE, Values.lower(call.cache()));
            writeDependencies(out, call.dependencies());
            JsonWriter.text(out, REPLY_TO, call.replyTo());
            JsonWriter.text(out, REPLY_KEY, call.replyKey());
            writeApproval(out, call.approval());
            JsonWriter.text(out, EnvelopeWriter.CORRELATION_ID, call.correlationId());
        });
    }

    private static void writeDependencies(JsonGenerator out, Map<String, String> dependencies) throws IOException {
        if (!dependencies.isEmpty()) {
            out.writeFieldName(DEPENDENCIES);
            out.writeStartObject();
            for (Map.Entry<String, String> dependency : dependencies.entrySet()) {
                out.writeStringField(dependency.getKey(), dependency.getValue());
            }
            out.writeEndObject();
        }
    }

    private static void writeApproval(JsonGenerator out, Approval approval) throws IOException {
        if (approval != null) {
            out.writeFieldName(APPROVAL);
            out.writeStartObject();
            JsonWriter.text(out, REQUEST_ID, approval.requestId());
            JsonWriter.text(out, APPROVED_BY, approval.approvedBy());
            JsonWriter.time(out, EXPIRES_AT, approval.expiresAt());
            JsonWriter.text(out, MAC, approval.mac());
            out.writeEndObject();
        }
    }
}
