package io.millrace.schema.wire;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Time zones by name, each looked up once. */
public final class Zones {
    private static final int MAX_CACHED = 2_000;
    private static final int MAX_NAME_CHARS = 64;
    private static final Map<String, String> LINKS =
            Map.of("EST", "America/Panama", "MST", "America/Phoenix", "HST", "Pacific/Honolulu");
    private static final Map<String, ZoneId> CACHE = new ConcurrentHashMap<>();

    private Zones() {}

    /**
     * The zone that an event names: an IANA name, {@code UTC} or an offset. Names that the JDK has beside those of IANA
     * ({@code SystemV/…}) are none; {@code EST}, {@code MST} and {@code HST}, which it lacks, are the zones that IANA
     * links them to.
     *
     * @throws IllegalArgumentException when there is none; the message names the value
     */
    public static ZoneId named(String name) {
        if (name.startsWith("SystemV/")) {
            throw unknown(name, null);
        }
        return of(LINKS.getOrDefault(name, name));
    }

    /**
     * A zone as it was accepted once, by this build or an earlier one.
     *
     * @throws IllegalArgumentException when this JDK's time zone data does not have it
     */
    public static ZoneId of(String name) {
        ZoneId cached = CACHE.get(name);
        if (cached != null) {
            return cached;
        }
        if (name.length() > MAX_NAME_CHARS) {
            throw unknown(name.substring(0, MAX_NAME_CHARS) + "…", null);
        }
        ZoneId zone;
        try {
            zone = ZoneId.of(name);
        } catch (DateTimeException e) {
            throw unknown(name, e);
        }
        if (CACHE.size() < MAX_CACHED) {
            CACHE.put(name, zone);
        }
        return zone;
    }

    private static IllegalArgumentException unknown(String name, Throwable cause) {
        return new IllegalArgumentException(
                "there is no time zone '" + name
                        + "'; expected an IANA name such as Europe/Paris, UTC or an offset such as +01:00",
                cause);
    }
}
