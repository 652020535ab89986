package io.millrace.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.IsolatedJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.UUID;

/**
 * A record on its way to {@code task-events}, or to {@code agent-calls}.
 *
 * @param key the user's id, or the call's key
 * @param value null for a tombstone
 */
record SampleEvent(String key, byte[] value) {

    private static final ObjectMapper JSON =
            new ObjectMapper(IsolatedJson.factory().build());
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    /** The fields every event carries. */
    static ObjectNode envelope(Random random, String type, Company.Person person, String taskId, Instant now) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("schema_version", 1);
        event.put("event_id", uuid(random).toString());
        event.put("event_type", type);
        event.put("occurred_at", withOffset(now, person.zone()));
        event.put("user_id", person.userId());
        event.put("task_id", taskId);
        return event;
    }

    /** @param json that is an object */
    static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is written in the code", e);
        }
    }

    static SampleEvent of(Company.Person person, ObjectNode event) {
        return text(person, event.toString());
    }

    static SampleEvent text(Company.Person person, String value) {
        return new SampleEvent(person.userId(), value.getBytes(StandardCharsets.UTF_8));
    }

    static String withOffset(Instant instant, ZoneId zone) {
        OffsetDateTime time =
                instant.truncatedTo(ChronoUnit.MILLIS).atZone(zone).toOffsetDateTime();
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    /** Whole seconds on the wall clock of the zone. */
    static String local(Instant instant, ZoneId zone) {
        return LOCAL.format(instant.atZone(zone));
    }

    static String utc(Instant instant) {
        return withOffset(instant, ZoneOffset.UTC);
    }

    static UUID uuid(Random random) {
        long most = random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L;
        long least = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }
}
