package io.millrace.schema.wire;

import java.util.List;

/**
 * A record ready to be written to the topic that it names.
 *
 * @param key may be null, as {@code value}
 * @param headers never null
 */
public record AddressedRecord(String topic, byte[] key, byte[] value, List<RecordHeader> headers) {

    public static AddressedRecord to(String topic, OutboundRecord record) {
        return new AddressedRecord(topic, record.key(), record.value(), record.headers());
    }
}
