package io.millrace.schema.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** How large a record is, uncompressed. */
public final class RecordSize {
    /**
     * The largest record that jobs read, with its format, and Kafka's default. All events are smaller; but a header of three
     * bytes becomes objects of two hundred in Kafka's client, before anybody can look at it.
     */
    public static final int MOST_READ_BYTES = 1_048_588;

    /** What Kafka's format adds to a batch of one record, 61 bytes and up to 26 of the record, rounded up (KIP-98). */
    private static final int BATCH_BYTES = 100;

    /** The lengths of a header's name and value. */
    private static final int HEADER_BYTES = 10;

    private RecordSize() {}

    /**
     * Its bytes.
     *
     * @param key null for none
     * @param value null for none
     */
    public static long bytes(byte[] key, byte[] value, List<RecordHeader> headers) {
        long bytes = (long) length(key) + length(value);
        for (RecordHeader header : headers) {
            bytes += header.key().getBytes(StandardCharsets.UTF_8).length + length(header.value());
        }
        return bytes;
    }

    /** What Kafka's limits compare, at most: its bytes and those of the format around them. */
    public static long inKafka(byte[] key, byte[] value, List<RecordHeader> headers) {
        return bytes(key, value, headers) + BATCH_BYTES + (long) HEADER_BYTES * headers.size();
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
