package io.millrace.schema.lake;

/**
 * How far a partition of a topic is in a table.
 *
 * @param offset of the last row
 * @param link of the last row's chain
 */
@SuppressWarnings("ArrayRecordComponent")
public record SourcePosition(String topic, int partition, long offset, byte[] link) {

    /** The link of rows that are in no chain. */
    public static final byte[] NO_LINK = {};

    /** What names the partition. */
    public String source() {
        return source(topic, partition);
    }

    /** What names a partition of a topic. */
    public static String source(String topic, int partition) {
        return topic + "/" + partition;
    }

    /** That of rows that are in no chain. */
    public static SourcePosition unlinked(String topic, int partition, long offset) {
        return new SourcePosition(topic, partition, offset, NO_LINK);
    }
}
