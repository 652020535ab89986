package io.millrace.schema.agent;

import static io.millrace.schema.wire.JsonWriter.name;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import io.millrace.schema.wire.Binary;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.JsonWriter;
import io.millrace.schema.wire.RejectedEventException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Why there is no answer.
 *
 * @param message for people; at most {@link #MAX_MESSAGE} characters, the rest is cut off
 */
public record AgentError(AgentErrorCode code, String message) {
    public static final int MAX_MESSAGE = 1_000;

    private static final SerializableString ERROR = name("error");
    private static final SerializableString CODE = name("code");
    private static final SerializableString MESSAGE = name("message");
    private static final int NONE = -1;

    private static final ObjectFields<Parts> FIELDS = new ObjectFields<Parts>("error")
            .with("code", (parts, field, json) -> parts.code = Values.lower(field, json, AgentErrorCode.values()))
            .with("message", (parts, field, json) -> parts.message = json.string(field, 0, MAX_MESSAGE));

    public AgentError {
        if (message.length() > MAX_MESSAGE) {
            boolean halved = Character.isHighSurrogate(message.charAt(MAX_MESSAGE - 2));
            message = message.substring(0, halved ? MAX_MESSAGE - 2 : MAX_MESSAGE - 1) + "…";
        }
    }

    private static final class Parts {
        private AgentErrorCode code;
        private String message = "";
    }

    static AgentError read(String field, JsonEvent json) throws IOException, RejectedEventException {
        Parts parts = FIELDS.object(field, json, new Parts());
        Values.require(parts.code, "error.code");
        return new AgentError(parts.code, parts.message);
    }

    /** Writes nothing for null. */
    static void write(JsonGenerator out, AgentError error) throws IOException {
        if (error != null) {
            out.writeFieldName(ERROR);
            out.writeStartObject();
            JsonWriter.text(out, CODE, error.code.wireName());
            JsonWriter.text(out, MESSAGE, error.message);
            out.writeEndObject();
        }
    }

    /** May be null. */
    public static void encode(DataOutput out, AgentError error) throws IOException {
        out.writeByte(error == null ? NONE : error.code.ordinal());
        if (error != null) {
            Binary.writeString(out, error.message);
        }
    }

    public static AgentError decode(DataInput in) throws IOException {
        int code = in.readByte();
        return code == NONE ? null : new AgentError(AgentErrorCode.ofOrdinal(code), Binary.readString(in));
    }
}
