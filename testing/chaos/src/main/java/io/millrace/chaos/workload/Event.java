package io.millrace.chaos.workload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * A record to be published, written when its time comes: the plan knows moments only as milliseconds after the start.
 */
public final class Event {
    private final String key;
    private final ObjectNode json;
    private final Dates dates;
    private final byte[] raw;
    private boolean written;
    private byte[] value;

    /** Adds what depends on the moment at which an event is published. */
    @FunctionalInterface
    public interface Dates {
        Dates NONE = (json, start, now) -> {};

        /**
         * @param start of the episode
         * @param now by the clock of who publishes
         */
        void add(ObjectNode json, Instant start, Instant now);
    }

    private Event(String key, ObjectNode json, Dates dates, byte[] raw) {
        this.key = key;
        this.json = json;
        this.dates = dates;
        this.raw = raw;
    }

    /** What all events have. */
    public static Event of(String key, String type, UUID id, Dates dates) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("schema_version", 1)
                .put("event_id", id.toString())
                .put("event_type", type);
        return new Event(key, json, dates, null);
    }

    /** Bytes that are no event; null for a tombstone. */
    public static Event raw(String key, byte[] value) {
        return new Event(key, null, null, value);
    }

    /** This one with a field more. */
    public Event with(String field, String value) {
        json.put(field, value);
        return this;
    }

    public ObjectNode json() {
        return json;
    }

    public byte[] key() {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The bytes; the second time the same as the first.
     *
     * @param start of the episode
     * @param now by the clock of who publishes
     */
    public byte[] value(Instant start, Instant now) {
        if (!written) {
            written = true;
            value = raw;
            if (json != null) {
                json.put("occurred_at", now.toString());
                dates.add(json, start, now);
                value = json.toString().getBytes(StandardCharsets.UTF_8);
            }
        }
        return value;
    }
}
