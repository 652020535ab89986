package io.millrace.auditor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.wire.IsolatedJson;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads what the job wrote. A record that can't be read is an {@link Unreadable}. */
final class OutputParser {
    private final ObjectMapper mapper = new ObjectMapper(IsolatedJson.factory().build());

    /** A record of the job's that is not what the contract says it is. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Whose task a record concerns. */
    record Owner(String tenant, String userId) {}

    JsonNode json(ConsumerRecord<byte[], byte[]> record) throws Unreadable {
        try {
            JsonNode json = mapper.readTree(record.value() == null ? new byte[0] : record.value());
            if (!json.isObject()) {
                throw new Unreadable("not a JSON object", null);
            }
            return json;
        } catch (IOException e) {
            throw new Unreadable("not JSON: " + e.getMessage(), e);
        }
    }

    static Owner owner(JsonNode json) throws Unreadable {
        String tenant = json.hasNonNull("tenant") ? text(json, "tenant") : TaskEvent.DEFAULT_TENANT;
        return new Owner(tenant, text(json, "user_id"));
    }

    static ReminderRecord reminder(JsonNode json, String where, long logTime) throws Unreadable {
        boolean snoozed = json.path("snoozed").asBoolean(false);
        JsonNode minutes = json.path("remind_before_minutes");
        if (!snoozed && !minutes.isInt()) {
            throw new Unreadable("remind_before_minutes is no integer", null);
        }
        return new ReminderRecord(
                where,
                logTime,
                uuid(json, "event_id"),
                text(json, "task_id"),
                json.hasNonNull("series_id") ? text(json, "series_id") : null,
                json.hasNonNull("due_at") ? moment(json, "due_at") : null,
                moment(json, "remind_at"),
                minutes.asInt(),
                snoozed,
                json.path("late").asBoolean(false));
    }

    static UpdateRecord update(JsonNode json, String where, long logTime) throws Unreadable {
        if (!json.path("version").isIntegralNumber()) {
            throw new Unreadable("version is no integer", null);
        }
        return new UpdateRecord(
                where,
                logTime,
                uuid(json, "event_id"),
                text(json, "task_id"),
                json.path("version").asLong(),
                text(json, "status"),
                json.path("cause").hasNonNull("event_id") ? uuid(json.path("cause"), "event_id") : null,
                json.hasNonNull("due_at") ? moment(json, "due_at") : null);
    }

    static String text(JsonNode json, String field) throws Unreadable {
        if (!json.path(field).isTextual()) {
            throw new Unreadable(field + " is missing or no text", null);
        }
        return json.get(field).textValue();
    }

    static UUID uuid(JsonNode json, String field) throws Unreadable {
        try {
            return UUID.fromString(text(json, field));
        } catch (IllegalArgumentException e) {
            throw new Unreadable(field + " is no UUID", e);
        }
    }

    static long moment(JsonNode json, String field) throws Unreadable {
        try {
            Instant moment = OffsetDateTime.parse(text(json, field)).toInstant();
            return moment.toEpochMilli();
        } catch (DateTimeException e) {
            throw new Unreadable(field + " is no date-time with an offset", e);
        }
    }
}
