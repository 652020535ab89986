package io.millrace.auditor;

import io.millrace.schema.wire.WireHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Key, value and headers of a record in 128 bits, less the headers that a dead letter adds. */
record Fingerprint(long high, long low) {
    private static final Set<String> ADDED = Set.of(
            WireHeaders.ERROR_CODE,
            WireHeaders.ERROR_MESSAGE,
            WireHeaders.SOURCE_TOPIC,
            WireHeaders.SOURCE_PARTITION,
            WireHeaders.SOURCE_OFFSET,
            WireHeaders.FIRST_SEEN);

    static Fingerprint of(ConsumerRecord<byte[], byte[]> record) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, record.key());
            add(digest, record.value());
            for (Header header : record.headers()) {
                if (!ADDED.contains(header.key())) {
                    add(digest, header.key().getBytes(StandardCharsets.UTF_8));
                    add(digest, header.value());
                }
            }
            ByteBuffer hash = ByteBuffer.wrap(digest.digest());
            return new Fingerprint(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, byte[] bytes) {
        int length = bytes == null ? -1 : bytes.length;
        digest.update(ByteBuffer.allocate(4).putInt(0, length));
        if (bytes != null) {
            digest.update(bytes);
        }
    }
}
