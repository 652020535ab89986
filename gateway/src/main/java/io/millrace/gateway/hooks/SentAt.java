package io.millrace.gateway.hooks;

import io.millrace.schema.wire.IsoDateTimes;
import java.time.Duration;

/** When a sender says that it sent, which is part of what it signs: old messages are not taken again. */
final class SentAt {
    private static final long FIRST_MILLIS = 100_000_000_000L;

    private SentAt() {}

    /**
     * @param timestamp seconds or milliseconds since the epoch, or an ISO 8601 date-time with an offset
     * @throws UnsignedException when it is none, or further from now than that
     */
    static void check(String timestamp, Duration tolerance, long nowMillis) throws UnsignedException {
        if (Math.abs(millis(timestamp) - nowMillis) > tolerance.toMillis()) {
            throw new UnsignedException("the timestamp is more than " + tolerance.toSeconds() + " s from now");
        }
    }

    private static long millis(String timestamp) throws UnsignedException {
        if (timestamp.matches("[0-9]{1,15}")) {
            long number = Long.parseLong(timestamp);
            return number < FIRST_MILLIS ? number * 1_000 : number;
        }
        try {
            IsoDateTimes.Parsed parsed = IsoDateTimes.parse(timestamp);
            if (parsed.hasOffset()) {
                return parsed.instant().toEpochMilli();
            }
        } catch (IllegalArgumentException e) {
            throw new UnsignedException("the timestamp can't be read");
        }
        throw new UnsignedException("the timestamp must have an offset");
    }
}
