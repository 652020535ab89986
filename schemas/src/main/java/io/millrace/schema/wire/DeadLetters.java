package io.millrace.schema.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes dead letters: the original bytes and headers, with the reason and the source position as further headers. */
public final class DeadLetters {
    private static final int MAX_MESSAGE_CHARS = 1000;

    private DeadLetters() {}

    /**
     * The dead letter of {@code source}. Its {@code first_seen} is the log time of the record, or that of its first
     * rejection when the record is a dead letter that was put back.
     */
    public static OutboundRecord of(SourceRecord source, ErrorCode code, String message) {
        String firstSeen = source.header(WireHeaders.FIRST_SEEN);
        List<RecordHeader> headers = new ArrayList<>(source.headers().size() + 6);
        for (RecordHeader header : source.headers()) {
            if (!header.key().equals(WireHeaders.FIRST_SEEN)) {
                headers.add(header);
            }
        }
        headers.add(text(WireHeaders.ERROR_CODE, code.wireName()));
        headers.add(text(WireHeaders.ERROR_MESSAGE, clip(message)));
        headers.add(text(WireHeaders.SOURCE_TOPIC, source.topic()));
        headers.add(text(WireHeaders.SOURCE_PARTITION, Integer.toString(source.partition())));
        headers.add(text(WireHeaders.SOURCE_OFFSET, Long.toString(source.offset())));
        headers.add(text(
                WireHeaders.FIRST_SEEN,
                firstSeen != null
                        ? firstSeen
                        : Instant.ofEpochMilli(source.timestamp()).toString()));
        return new OutboundRecord(source.key(), source.value(), headers);
    }

    private static String clip(String message) {
        return message.length() <= MAX_MESSAGE_CHARS ? message : message.substring(0, MAX_MESSAGE_CHARS) + "…";
    }

    private static RecordHeader text(String key, String value) {
        return new RecordHeader(key, value.getBytes(StandardCharsets.UTF_8));
    }
}
