package io.millrace.schema.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A record as it was read from the log, untouched, with its position.
 *
 * @param timestamp log append time, milliseconds since the epoch
 * @param key may be null
 * @param value null for a tombstone
 * @param headers never null
 */
public record SourceRecord(
        String topic,
        int partition,
        long offset,
        long timestamp,
        byte[] key,
        byte[] value,
        List<RecordHeader> headers) {

    /** The text of the last header of that name, or null when there is none. */
    public String header(String name) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            RecordHeader header = headers.get(i);
            if (header.key().equals(name)) {
                return header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
            }
        }
        return null;
    }
}
