package io.millrace.contestants;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The key of a wake-up in a store that is ordered by bytes.
 *
 * @param time milliseconds since the epoch, not negative
 * @param series an encoded {@link io.millrace.logic.task.SeriesKey}
 */
record WakeKey(long time, String series) {

    /** What is not above any key of that time. */
    static byte[] start(long time) {
        return ByteBuffer.allocate(Long.BYTES).putLong(time).array();
    }

    byte[] encode() {
        byte[] key = series.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + key.length)
                .putLong(time)
                .put(key)
                .array();
    }

    static WakeKey decode(byte[] key) {
        String series = new String(key, Long.BYTES, key.length - Long.BYTES, StandardCharsets.UTF_8);
        return new WakeKey(ByteBuffer.wrap(key).getLong(), series);
    }
}
