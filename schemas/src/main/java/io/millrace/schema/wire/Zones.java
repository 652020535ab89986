package io.millrace.schema.wire;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Time zones by name, each looked up once. */
public final class Zones {
    private static final int MAX_CACHED = 2_000;
    private static final int MAX_NAME_CHARS = 64;
    private static final Map<String, ZoneId> CACHE = new ConcurrentHashMap<>();

    private Zones() {}

    /**
     * The zone of an IANA name, {@code UTC} or an offset.
     *
     * @throws IllegalArgumentException when this JDK's time zone data does not have it
     */
    public static ZoneId of(String name) {
        ZoneId cached = CACHE.get(name);
        if (cached != null) {
            return cached;
        }
        if (name.length() > MAX_NAME_CHARS) {
            throw new IllegalArgumentException("there is no time zone of that name");
        }
        ZoneId zone;
        try {
            zone = ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "there is no time zone of that name; expected an IANA name such as Europe/Paris", e);
        }
        if (CACHE.size() < MAX_CACHED) {
            CACHE.put(name, zone);
        }
        return zone;
    }
}
