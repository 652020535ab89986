package io.millrace.bench.meter;

import io.millrace.schema.wire.IsoDateTimes;
import java.nio.charset.StandardCharsets;

/** Finds a moment in a JSON object that Millrace wrote, without parsing the whole. */
public final class JsonTimes {
    private static final int CHARS = "2026-01-01T00:00:00.000Z".length();

    private JsonTimes() {}

    /**
     * The value of a field as milliseconds since the epoch.
     *
     * @throws IllegalArgumentException when there is no such field, or no UTC time with milliseconds in it
     */
    public static long millis(byte[] json, String field) {
        String text = new String(json, StandardCharsets.UTF_8);
        String name = "\"" + field + "\":\"";
        int at = text.indexOf(name);
        int start = at + name.length();
        if (at < 0 || text.length() < start + CHARS) {
            throw new IllegalArgumentException("no " + field + " in " + text);
        }
        return IsoDateTimes.parse(text.substring(start, start + CHARS))
                .instant()
                .toEpochMilli();
    }
}
