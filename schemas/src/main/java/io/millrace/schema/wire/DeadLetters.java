package io.millrace.schema.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Makes dead letters: the original bytes and headers, with the reason and the source position as further headers. */
public final class DeadLetters {
    /** The largest record that is kept whole: key, value and headers, uncompressed. */
    public static final int MAX_BYTES = 16 << 20;

    private static final int KEPT_BYTES = 1 << 20;
    private static final int MAX_KEY_BYTES = 1 << 10;
    private static final Set<String> OWN_HEADERS = Set.of(
            WireHeaders.TRUNCATED_FROM,
            WireHeaders.ERROR_CODE,
            WireHeaders.ERROR_MESSAGE,
            WireHeaders.SOURCE_TOPIC,
            WireHeaders.SOURCE_PARTITION,
            WireHeaders.SOURCE_OFFSET,
            WireHeaders.FIRST_SEEN);
    /** Those that each death adds; {@code first_seen} stays with a letter that is put back, so that it keeps its age. */
    private static final Set<String> ADDED_HEADERS = Set.of(
            WireHeaders.ERROR_CODE,
            WireHeaders.ERROR_MESSAGE,
            WireHeaders.SOURCE_TOPIC,
            WireHeaders.SOURCE_PARTITION,
            WireHeaders.SOURCE_OFFSET);

    private static final int MAX_INSTANT_BYTES = 40;
    private static final int MAX_MESSAGE_CHARS = 1000;

    private DeadLetters() {}

    /**
     * The dead letter of {@code source}. Its {@code first_seen} is the log time of the record, or that of its first
     * rejection when the record is a dead letter that was put back.
     *
     * <p>A record of more than {@link #MAX_BYTES}, which a compressed batch can carry past every limit of the broker,
     * would not get through as a dead letter: of it the beginning is kept, {@code truncated_from} says how much there
     * was, and the source position where the whole is. That header of a sender is left out: it would have a whole letter
     * pass for a part.
     */
    public static OutboundRecord of(SourceRecord source, ErrorCode code, String message) {
        List<RecordHeader> headers = new ArrayList<>(source.headers());
        headers.removeIf(header -> header.key().equals(WireHeaders.TRUNCATED_FROM));
        String firstSeen = takeFirstSeen(headers, source.timestamp());
        byte[] key = source.key();
        byte[] value = source.value();
        long bytes = RecordSize.bytes(key, value, headers);
        if (bytes > MAX_BYTES) {
            headers.clear();
            headers.add(text(WireHeaders.TRUNCATED_FROM, Long.toString(bytes)));
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
     * The dead letter as a topic takes it that holds no more than {@code maxBytes}: when it is larger, the headers that
     * came with the record are left out, key and value are cut, and {@code truncated_from} says how much there was.
     */
    public static OutboundRecord within(OutboundRecord letter, int maxBytes) {
        if (RecordSize.inKafka(letter.key(), letter.value(), letter.headers()) <= maxBytes) {
            return letter;
        }
        Map<String, RecordHeader> own = new LinkedHashMap<>();
        List<RecordHeader> theirs = new ArrayList<>();
        for (RecordHeader header : letter.headers()) {
            RecordHeader earlier = header;
            if (OWN_HEADERS.contains(header.key())) {
                earlier = own.put(header.key(), header);
            }
            if (earlier != null) {
                theirs.add(earlier);
            }
        }
        long original = RecordSize.bytes(letter.key(), letter.value(), theirs);
        own.putIfAbsent(WireHeaders.TRUNCATED_FROM, text(WireHeaders.TRUNCATED_FROM, Long.toString(original)));
        List<RecordHeader> headers = List.copyOf(own.values());
        int room = (int) Math.max(0, maxBytes - RecordSize.inKafka(null, null, headers));
        byte[] key = beginning(letter.key(), Math.min(room / 2, MAX_KEY_BYTES));
        byte[] value = beginning(letter.value(), room - (key == null ? 0 : key.length));
        return new OutboundRecord(key, value, headers);
    }

    /**
     * The headers with which a letter goes back to where it came from: those it had before, and {@code first_seen}. A job
     * appends its own, so of each name the last one goes.
     *
     * @param key the name of a header, of whatever client it is
     */
    public static <H> List<H> originalHeaders(List<H> letter, Function<? super H, String> key) {
        Deque<H> kept = new ArrayDeque<>();
        Set<String> dropped = new HashSet<>();
        for (int i = letter.size() - 1; i >= 0; i--) {
            H header = letter.get(i);
            if (!ADDED_HEADERS.contains(key.apply(header)) || !dropped.add(key.apply(header))) {
                kept.addFirst(header);
            }
        }
        return List.copyOf(kept);
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
