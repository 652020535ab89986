package io.millrace.schema.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A record ready to be written to a topic; the topic is the sink's.
 *
 * @param key may be null
 * @param value may be null (a dead letter of a tombstone)
 * @param headers never null
 */
public record OutboundRecord(byte[] key, byte[] value, List<RecordHeader> headers) {

    /**
     * An event with the headers that go through every job.
     *
     * @param correlationId may be null, as {@code traceparent}
     */
    public static OutboundRecord of(String key, byte[] value, String correlationId, String traceparent) {
        return new OutboundRecord(
                key.getBytes(StandardCharsets.UTF_8), value, traceHeaders(correlationId, traceparent));
    }

    private static List<RecordHeader> traceHeaders(String correlationId, String traceparent) {
        if (correlationId == null && traceparent == null) {
            return List.of();
        }
        List<RecordHeader> headers = new ArrayList<>(2);
        if (correlationId != null) {
            headers.add(header(WireHeaders.CORRELATION_ID, correlationId));
        }
        if (traceparent != null) {
            headers.add(header(WireHeaders.TRACEPARENT, traceparent));
        }
        return headers;
    }

    private static RecordHeader header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
