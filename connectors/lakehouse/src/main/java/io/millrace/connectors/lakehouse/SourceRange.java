package io.millrace.connectors.lakehouse;

import io.millrace.schema.lake.SourcePosition;

/**
 * Rows of a partition of a topic that follow each other.
 *
 * @param after the last offset before them that was seen, or -1 when none was: what lies between holds no record
 * @param from offset of the first one
 * @param to offset of the last one
 * @param link of the last row's chain
 */
@SuppressWarnings("ArrayRecordComponent")
public record SourceRange(String topic, int partition, long after, long from, long to, byte[] link) {

    String source() {
        return SourcePosition.source(topic, partition);
    }

    /** This one and what follows it. */
    SourceRange and(SourceRange next) {
        return new SourceRange(topic, partition, after, from, next.to, next.link);
    }

    SourcePosition end() {
        return new SourcePosition(topic, partition, to, link);
    }
}
