package io.millrace.chaos;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BiConsumer;

/** A record to be published, written when its time comes: the plan knows moments only as milliseconds after the start. */
final class Event {
    private final String user;
    private final ObjectNode json;
    private final BiConsumer<ObjectNode, Instant> dates;
    private final byte[] raw;
    private boolean written;
    private byte[] value;

    private Event(String user, ObjectNode json, BiConsumer<ObjectNode, Instant> dates, byte[] raw) {
        this.user = user;
        this.json = json;
        this.dates = dates;
        this.raw = raw;
    }

    static Event of(String type, UUID id, String user, String task) {
        return of(type, id, user, task, (event, start) -> {});
    }

    /** @param dates adds what depends on the moment at which the episode started */
    static Event of(String type, UUID id, String user, String task, BiConsumer<ObjectNode, Instant> dates) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("schema_version", 1)
                .put("event_id", id.toString())
                .put("event_type", type)
                .put("user_id", user)
                .put("task_id", task);
        return new Event(user, json, dates, null);
    }

    /** Bytes that are no event; null for a tombstone. */
    static Event raw(String user, byte[] value) {
        return new Event(user, null, null, value);
    }

    /** This one with a field more. */
    Event with(String field, String value) {
        json.put(field, value);
        return this;
    }

    ObjectNode json() {
        return json;
    }

    byte[] key() {
        return user.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The bytes; the second time the same as the first.
     *
     * @param start of the episode
     * @param now by the clock of who publishes
     */
    byte[] value(Instant start, Instant now) {
        if (!written) {
            written = true;
            value = raw;
            if (json != null) {
                json.put("occurred_at", now.toString());
                dates.accept(json, start);
                value = json.toString().getBytes(StandardCharsets.UTF_8);
            }
        }
        return value;
    }
}
