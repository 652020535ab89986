package io.millrace.auditor;

import io.millrace.schema.wire.WireHeaders;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record of the dead-letter topic.
 *
 * @param where its topic, partition and offset, for people
 * @param source where it says the original is; null when it does not say so
 * @param code null when it has none
 */
record DeadLetter(String where, Position source, String code, Fingerprint fingerprint) {

    /** @param sourceTopic from which it must be */
    static DeadLetter of(ConsumerRecord<byte[], byte[]> record, String where, String sourceTopic) {
        Position source = sourceTopic.equals(header(record, WireHeaders.SOURCE_TOPIC)) ? source(record) : null;
        return new DeadLetter(where, source, header(record, WireHeaders.ERROR_CODE), Fingerprint.of(record));
    }

    private static Position source(ConsumerRecord<byte[], byte[]> record) {
        try {
            return new Position(
                    Integer.parseInt(header(record, WireHeaders.SOURCE_PARTITION)),
                    Long.parseLong(header(record, WireHeaders.SOURCE_OFFSET)));
        } catch (NumberFormatException e) {
            // Reported as an offence.
            return null;
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "dead letter at " + where + ", code " + code;
    }
}
