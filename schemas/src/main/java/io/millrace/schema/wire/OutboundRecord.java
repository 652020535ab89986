package io.millrace.schema.wire;

import java.util.List;

/**
 * A record ready to be written to a topic; the topic is the sink's.
 *
 * @param key may be null
 * @param value may be null (a dead letter of a tombstone)
 * @param headers never null
 */
public record OutboundRecord(byte[] key, byte[] value, List<RecordHeader> headers) {}
