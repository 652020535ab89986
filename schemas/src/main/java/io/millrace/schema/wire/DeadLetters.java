package io.millrace.schema.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes dead letters: the original bytes and headers, with the reason and the source position as further headers. */
public final class DeadLetters {
    /** The largest record that is kept whole: key, value and headers, uncompressed. */
    public static final int MAX_BYTES = 16 << 20;

    private static final int KEPT_BYTES = 1 << 20;
    private static final int MAX_INSTANT_BYTES = 40;
    private static final int MAX_MESSAGE_CHARS = 1000;

    private DeadLetters() {}

    /**
     * The dead letter of {@code source}. Its {@code first_seen} is the log time of the record, or that of its first
     * rejection when the record is a dead letter that was put back.
     *
     * <p>A record of more than {@link #MAX_BYTES}, which a compressed batch can carry past every limit of the broker, would
     * not get through as a dead letter: of it the beginning is kept, {@code truncated_from} says how much there was, and
     * the source position where the whole is.
     */
    public static OutboundRecord of(SourceRecord source, ErrorCode code, String message) {
        List<RecordHeader> headers = new ArrayList<>(source.headers());
        String firstSeen = takeFirstSeen(headers, source.timestamp());
        byte[] key = source.key();
        byte[] value = source.value();
        int bytes = size(source);
        if (bytes > MAX_BYTES) {
            headers.clear();
            headers.add(text(WireHeaders.TRUNCATED_FROM, Integer.toString(bytes)));
            key = beginning(key);
            value = beginning(value);
        }
        headers.add(text(WireHeaders.ERROR_CODE, code.wireName()));
        headers.add(text(WireHeaders.ERROR_MESSAGE, clip(message)));
        headers.add(text(WireHeaders.SOURCE_TOPIC, source.topic()));
        headers.add(text(WireHeaders.SOURCE_PARTITION, Integer.toString(source.partition())));
        headers.add(text(WireHeaders.SOURCE_OFFSET, Long.toString(source.offset())));
        headers.add(text(WireHeaders.FIRST_SEEN, firstSeen));
        return new OutboundRecord(key, value, headers);
    }

    /** Takes the last {@code first_seen} out when it is one of ours: an instant before the record's log time. */
    private static String takeFirstSeen(List<RecordHeader> headers, long timestamp) {
        Instant logTime = Instant.ofEpochMilli(timestamp);
        for (int i = headers.size() - 1; i >= 0; i--) {
            RecordHeader header = headers.get(i);
            if (header.key().equals(WireHeaders.FIRST_SEEN)) {
                if (header.value() != null && header.value().length <= MAX_INSTANT_BYTES) {
                    String text = new String(header.value(), StandardCharsets.UTF_8);
                    if (isInstantUpTo(text, logTime)) {
                        headers.remove(i);
                        return text;
                    }
                }
                break;
            }
        }
        return logTime.toString();
    }

    private static boolean isInstantUpTo(String text, Instant latest) {
        try {
            return !Instant.parse(text).isAfter(latest);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static int size(SourceRecord source) {
        long bytes = (source.key() == null ? 0 : source.key().length)
                + (long) (source.value() == null ? 0 : source.value().length);
        for (RecordHeader header : source.headers()) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    private static byte[] beginning(byte[] bytes) {
        return bytes == null || bytes.length <= KEPT_BYTES ? bytes : Arrays.copyOf(bytes, KEPT_BYTES);
    }

    private static String clip(String message) {
        return message.length() <= MAX_MESSAGE_CHARS ? message : message.substring(0, MAX_MESSAGE_CHARS) + "…";
    }

    private static RecordHeader text(String key, String value) {
        return new RecordHeader(key, value.getBytes(StandardCharsets.UTF_8));
    }
}
