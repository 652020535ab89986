package io.millrace.testing.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.task.Snooze;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a record of the topic of events and says whether it is a good one; never throws for what is in it. */
final class EventParser {
    private static final int LARGEST = 256 * 1024;
    private static final int DEEPEST = 32;
    private static final int LONGEST_ID = 200;
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern OCCURRENCE_ID = Pattern.compile("[^~]+~\\d{8}T\\d{6}");

    private final ObjectMapper mapper = new ObjectMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    EventRecord parse(ConsumerRecord<byte[], byte[]> record) {
        Verdict verdict = new Verdict();
        Fingerprint fingerprint = Fingerprint.of(record);
        JsonNode json = json(record.value(), verdict);
        JsonNode event = json == null ? null : Envelope.open(record.headers(), json, verdict);
        int size = record.value() == null ? 0 : record.value().length;
        Position position = new Position(record.partition(), record.offset());
        if (event == null) {
            return bad(position, record.timestamp(), size, fingerprint, verdict);
        }
        return fields(position, record.timestamp(), size, fingerprint, event, verdict);
    }

    private static EventRecord bad(Position position, long logTime, int size, Fingerprint print, Verdict verdict) {
        return new EventRecord(
                position,
                logTime,
                size,
                print,
                Validity.BAD,
                verdict.reason(),
                null,
                null,
                0,
                null,
                null,
                null,
                Changes.NONE,
                null);
    }

    private EventRecord fields(
            Position position, long logTime, int size, Fingerprint print, JsonNode event, Verdict verdict) {
        JsonNode version = event.path("schema_version");
        if (!version.isNumber() || version.doubleValue() != TaskEvent.SCHEMA_VERSION) {
            verdict.bad("schema_version is not 1");
        } else if (!version.isIntegralNumber()) {
            verdict.either("schema_version is written as a fraction");
        }
        UUID eventId = eventId(event, verdict);
        TaskEventType type = TaskEventType.ofWireName(text(event, "event_type", verdict));
        if (type == null) {
            verdict.bad("event_type is unknown");
        }
        String occurredText = text(event, "occurred_at", verdict);
        Instant occurredAt = occurredText.isEmpty() ? null : DateTexts.instant("occurred_at", occurredText, verdict);
        String tenant = optional(event, "tenant", verdict);
        optional(event, "correlation_id", verdict);
        String userId = id(event, "user_id", verdict);
        String taskId = id(event, "task_id", verdict);
        boolean occurrence = taskId.indexOf(TaskEvent.OCCURRENCE_SEPARATOR) >= 0;
        if (occurrence && !OCCURRENCE_ID.matcher(taskId).matches()) {
            verdict.either("task_id has a ~ but is no id of an occurrence");
        }
        Changes changes = Changes.NONE;
        Snooze snooze = null;
        if (type != null) {
            boolean carries = type == TaskEventType.CREATED || type == TaskEventType.UPDATED;
            Verdict ofFields = carries ? verdict : new Verdict();
            FieldReader fields = new FieldReader(event, ofFields);
            if (type == TaskEventType.UPDATED && !fields.givesAny()) {
                verdict.bad("an update that changes no field");
            }
            Changes read = fields.changes(type == TaskEventType.CREATED, occurrence);
            if (carries) {
                changes = read;
            } else if (fields.givesAny()) {
                verdict.absorb(ofFields);
            }
            if (type == TaskEventType.SNOOZED) {
                snooze = new FieldReader(event, verdict).snooze();
            }
        }
        if (verdict.isBad()) {
            return bad(position, logTime, size, print, verdict);
        }
        return new EventRecord(
                position,
                logTime,
                size,
                print,
                verdict.validity(),
                verdict.reason(),
                eventId,
                type,
                occurredAt == null ? logTime : occurredAt.toEpochMilli(),
                tenant == null ? TaskEvent.DEFAULT_TENANT : tenant,
                userId,
                taskId,
                changes,
                snooze);
    }

    private JsonNode json(byte[] value, Verdict verdict) {
        if (value == null || value.length == 0) {
            verdict.bad("no value");
            return null;
        }
        if (value.length > LARGEST) {
            verdict.bad("larger than 256 KiB");
            return null;
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            verdict.bad("not UTF-8");
            return null;
        }
        try (JsonParser parser = mapper.createParser(text)) {
            return read(parser, verdict);
        } catch (IOException e) {
            verdict.bad("not JSON");
            return null;
        }
    }

    private static JsonNode read(JsonParser parser, Verdict verdict) throws IOException {
        JsonNode json;
        try {
            json = parser.readValueAsTree();
        } catch (StreamConstraintsException e) {
            verdict.bad("beyond what a JSON reader takes");
            return null;
        }
        if (json == null || !json.isObject() || parser.nextToken() != null) {
            verdict.bad("not one JSON object");
            return null;
        }
        int depth = depth(json);
        if (depth > DEEPEST + 1) {
            verdict.bad("nested too deeply");
        } else if (depth >= DEEPEST) {
            verdict.either("nested as deeply as allowed, or one more");
        }
        return json;
    }

    private static int depth(JsonNode json) {
        int deepest = 0;
        for (JsonNode child : json) {
            deepest = Math.max(deepest, depth(child));
        }
        return json.isContainerNode() ? deepest + 1 : 0;
    }

    private static UUID eventId(JsonNode event, Verdict verdict) {
        if (event instanceof ObjectNode && event.path("event_id").isMissingNode() && event.has(Envelope.OPEN_ID)) {
            verdict.either("event_id is derived from the envelope");
            return null;
        }
        String text = text(event, "event_id", verdict);
        if (!UUID_TEXT.matcher(text).matches()) {
            verdict.bad("event_id is no UUID");
            return null;
        }
        return UUID.fromString(text);
    }

    /** The text of a field that must be there; empty when it is bad. */
    private static String text(JsonNode event, String field, Verdict verdict) {
        JsonNode value = event.path(field);
        if (!value.isTextual()) {
            verdict.bad(field + " is missing or no text");
            return "";
        }
        return value.textValue();
    }

    private static String optional(JsonNode event, String field, Verdict verdict) {
        JsonNode value = event.path(field);
        if (value.isMissingNode()) {
            return null;
        }
        if (value.isNull()) {
            verdict.either(field + " is null");
            return null;
        }
        if (!value.isTextual()) {
            verdict.bad(field + " is no text");
            return null;
        }
        String text = value.textValue();
        if (text.codePointCount(0, text.length()) > LONGEST_ID && field.equals("correlation_id")) {
            verdict.bad(field + " is too long");
        } else if (text.isEmpty() || text.length() > LONGEST_ID || hasControl(text)) {
            verdict.either(field + " is of a form the contract does not settle");
        }
        return text;
    }

    private static String id(JsonNode event, String field, Verdict verdict) {
        String text = text(event, field, verdict);
        if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST_ID) {
            verdict.bad(field + " has a wrong length");
        } else if (text.chars().anyMatch(c -> c < ' ')) {
            verdict.bad(field + " has a control character");
        } else if (text.length() > LONGEST_ID || text.isBlank() || hasControl(text)) {
            verdict.either(field + " is of a form the contract does not settle");
        }
        return text;
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
