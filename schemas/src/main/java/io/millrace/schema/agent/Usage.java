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

/** What a model read and wrote, in tokens; never negative. */
public record Usage(long inputTokens, long outputTokens) {
    public static final Usage NONE = new Usage(0, 0);
    public static final long MAX_TOKENS = 1_000_000_000_000L;

    private static final SerializableString INPUT_TOKENS = name("input_tokens");
    private static final SerializableString OUTPUT_TOKENS = name("output_tokens");

    public Usage plus(Usage other) {
        return new Usage(sum(inputTokens, other.inputTokens), sum(outputTokens, other.outputTokens));
    }

    public long total() {
        return sum(inputTokens, outputTokens);
    }

    /** What is more counts as much. */
    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    private static final class Parts {
        private long inputTokens;
        private long outputTokens;
    }

    static Usage read(String field, JsonEvent json, long max) throws IOException, RejectedEventException {
        Parts parts = new ObjectFields<Parts>(field)
                .with("input_tokens", (into, name, value) -> into.inputTokens = value.number(name, 0, max))
                .with("output_tokens", (into, name, value) -> into.outputTokens = value.number(name, 0, max))
                .object(field, json, new Parts());
        return new Usage(parts.inputTokens, parts.outputTokens);
    }

    static void write(JsonGenerator out, SerializableString field, Usage usage) throws IOException {
        out.writeFieldName(field);
        out.writeStartObject();
        JsonWriter.number(out, INPUT_TOKENS, usage.inputTokens);
        JsonWriter.number(out, OUTPUT_TOKENS, usage.outputTokens);
        out.writeEndObject();
    }

    public static void encode(DataOutput out, Usage usage) throws IOException {
        Binary.writeSigned(out, usage.inputTokens);
        Binary.writeSigned(out, usage.outputTokens);
    }

    public static Usage decode(DataInput in) throws IOException {
        long inputTokens = Binary.readSigned(in);
        return new Usage(inputTokens, Binary.readSigned(in));
    }
}
