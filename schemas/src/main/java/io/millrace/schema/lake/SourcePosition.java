package io.millrace.schema.lake;

/**
 * How far a partition of a topic is in a table.
 *
 * @param offset of the last row
 * @param link of the last row's chain
 */
@SuppressWarnings("ArrayRecordComponent")
public record SourcePosition(String topic, int partition, long offset, byte[] link) {

    /** What names the partition. */
    public String source() {
        return source(topic, partition);
    }

    /** What names a partition of a topic. */
    public static String source(String topic, int partition) {
        return topic + "/" + partition;
    }

    /**
     * A position of rows without chains.
     *
     * @param source see {@link #source()}
     */
    public static SourcePosition of(String source, long offset) {
        int slash = source.lastIndexOf('/');
        return new SourcePosition(
                source.substring(0, slash), Integer.parseInt(source.substring(slash + 1)), offset, new byte[0]);
    }
}
