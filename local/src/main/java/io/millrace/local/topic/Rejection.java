package io.millrace.local.topic;

import io.millrace.schema.wire.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What a dead letter says of its original.
 *
 * @param topic where the original is, as {@code partition} and {@code offset}
 * @param code why it was refused
 */
public record Rejection(String topic, int partition, long offset, String code, String message) {

    /** Empty for a record that does not say where it came from. */
    public static Optional<Rejection> of(ConsumerRecord<byte[], byte[]> record) {
        try {
            String topic = header(record, WireHeaders.SOURCE_TOPIC);
            return topic == null
                    ? Optional.empty()
                    : Optional.of(new Rejection(
                            topic,
                            Integer.parseInt(header(record, WireHeaders.SOURCE_PARTITION)),
                            Long.parseLong(header(record, WireHeaders.SOURCE_OFFSET)),
                            header(record, WireHeaders.ERROR_CODE),
                            header(record, WireHeaders.ERROR_MESSAGE)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Whether it is of the record at that position. */
    public boolean isOf(String topic, int partition, long offset) {
        return this.topic.equals(topic) && this.partition == partition && this.offset == offset;
    }

    @Override
    public String toString() {
        return message + " (" + code + ")";
    }
}
