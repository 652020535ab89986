package io.millrace.schema.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes dead letters: the original bytes and headers, with the reason and the source position as further headers. */
public final class DeadLetters {
    /** The largest record that is kept whole: key, value and headers, uncompressed. */
    public static final int MAX_BYTES = 16 << 20;

    private static final int KEPT_BYTES = 1 << 20;
    private static final int MAX_KEY_BYTES = 1 << 10;
    /** What Kafka's format adds to a batch of one record, and to each header, at most (KIP-98). */
    private static final int BATCH_BYTES = 100;

    private static final int HEADER_BYTES = 10;
    private static final Set<String> OWN_HEADERS = Set.of(
            WireHeaders.TRUNCATED_FROM,
            WireHeaders.ERROR_CODE,
            WireHeaders.ERROR_MESSAGE,
            WireHeaders.SOURCE_TOPIC,
            WireHeaders.SOURCE_PARTITION,
            WireHeaders.SOURCE_OFFSET,
            WireHeaders.FIRST_SEEN);
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
            key = beginning(key, KEPT_BYTES);
            value = beginning(value, KEPT_BYTES);
        }
        headers.add(text(WireHeaders.ERROR_CODE, code.wireName()));
        headers.add(text(WireHeaders.ERROR_MESSAGE, clip(message)));
        headers.add(text(WireHeaders.SOURCE_TOPIC, source.topic()));
        headers.add(text(WireHeaders.SOURCE_PARTITION, Integer.toString(source.partition())));
        headers.add(text(WireHeaders.SOURCE_OFFSET, Long.toString(source.offset())));
        headers.add(text(WireHeaders.FIRST_SEEN, firstSeen));
        return new OutboundRecord(key, value, headers);
    }

    /**
     * The dead letter as a topic takes it that holds no more than {@code maxBytes}: when it is larger, the headers that came with the
     * record are left out, key and value are cut, and {@code truncated_from} says how much there was.
     */
    public static OutboundRecord within(OutboundRecord letter, int maxBytes) {
        if (size(letter.key(), letter.value(), letter.headers()) + overhead(letter.headers()) <= maxBytes) {
            return letter;
        }
        Map<String, RecordHeader> own = new LinkedHashMap<>();
        for (RecordHeader header : letter.headers()) {
            if (OWN_HEADERS.contains(header.key())) {
                own.put(header.key(), header);
            }
        }
        int bytes = size(letter.key(), letter.value(), letter.headers());
        own.putIfAbsent(
                WireHeaders.TRUNCATED_FROM,
                text(
                        WireHeaders.TRUNCATED_FROM,
                        Integer.toString(bytes - size(null, null, List.copyOf(own.values())))));
        List<RecordHeader> headers = List.copyOf(own.values());
        int room = Math.max(0, maxBytes - overhead(headers) - size(null, null, headers));
        byte[] key = beginning(letter.key(), Math.min(room / 2, MAX_KEY_BYTES));
        byte[] value = beginning(letter.value(), room - (key == null ? 0 : key.length));
        return new OutboundRecord(key, value, headers);
    }

    private static int overhead(List<RecordHeader> headers) {
        return BATCH_BYTES + HEADER_BYTES * headers.size();
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
        return size(source.key(), source.value(), source.headers());
    }

    private static int size(byte[] key, byte[] value, List<RecordHeader> headers) {
        long bytes = (key == null ? 0 : key.length) + (long) (value == null ? 0 : value.length);
        for (RecordHeader header : headers) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    private static byte[] beginning(byte[] bytes, int kept) {
        return bytes == null || bytes.length <= kept ? bytes : Arrays.copyOf(bytes, kept);
    }

    private static String clip(String message) {
        return message.length() <= MAX_MESSAGE_CHARS ? message : message.substring(0, MAX_MESSAGE_CHARS) + "…";
    }

    private static RecordHeader text(String key, String value) {
        return new RecordHeader(key, value.getBytes(StandardCharsets.UTF_8));
    }
}
