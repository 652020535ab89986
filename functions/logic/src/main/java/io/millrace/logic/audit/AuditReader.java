package io.millrace.logic.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.schema.audit.AuditEvent;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.EnvelopeReader;
import io.millrace.schema.wire.IsolatedJson;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.TraceContext;
import io.millrace.schema.wire.WireHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says of any record what the audit keeps: whatever is in it, there is a row. What names the event is looked for where
 * every event has it, in a CloudEvents envelope too, and masked as everything else is: somebody may use an e-mail address
 * for an id.
 */
public final class AuditReader {
    private static final JsonFactory JSON = IsolatedJson.factory().build();
    private static final String CLOUD_EVENT = "ce_";

    /** Beyond these a time is none that tables and engines know. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Masking maskings;

    /** @param master key from which those of tenants' tokens follow, at least 32 bytes */
    public AuditReader(byte[] master) {
        this.maskings = new Masking(master);
    }

    /** How a text of a tenant stands in the table, where it is a person's or not. */
    public String masked(String tenant, String text) {
        return maskings.of(tenant).text(text);
    }

    public AuditEvent read(SourceRecord source) {
        Map<String, String> fields = fields(source);
        String tenant = fields.getOrDefault("tenant", Envelope.DEFAULT_TENANT);
        Masking.OfTenant masking = maskings.of(tenant);
        return new AuditEvent(
                source.topic(),
                source.partition(),
                source.offset(),
                logTime(source),
                source.key() == null ? null : masking.text(utf8(source.key())),
                masking.text(fields.get("event_id")),
                masking.text(fields.get("event_type")),
                number(fields.get("schema_version")),
                fields.isEmpty() ? null : masking.text(tenant),
                masking.text(fields.get("user_id")),
                masking.text(fields.get("task_id")),
                masking.text(fields.get("conversation_id")),
                masking.text(fields.get("run_id")),
                masking.text(fields.get("call_id")),
                time(fields.get("occurred_at")),
                masking.text(
                        fields.getOrDefault(WireHeaders.CORRELATION_ID, source.header(WireHeaders.CORRELATION_ID))),
                traceId(source.header(WireHeaders.TRACEPARENT)),
                masking.text(source.header(WireHeaders.ERROR_CODE)),
                headers(source, masking),
                masking.value(source.value()),
                source.value() == null ? null : source.value().length,
                null,
                null,
                null,
                -1);
    }

    /** The event's own fields that are texts or numbers, less what is too long to name anything. */
    private static Map<String, String> fields(SourceRecord source) {
        Map<String, String> fields = new HashMap<>();
        if (source.value() == null) {
            return fields;
        }
        try (JsonParser json = JSON.createParser(source.value())) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                readObject(json, fields, true);
            }
        } catch (IOException e) {
            // It ends where it is no JSON; what came before names it all the same.
        }
        take(fields, "event_id", source.header(CLOUD_EVENT + "id"), fields.get("id"));
        take(fields, "event_type", source.header(CLOUD_EVENT + "type"), fields.get("type"));
        take(fields, "occurred_at", source.header(CLOUD_EVENT + "time"), fields.get("time"));
        return fields;
    }

    /** What the envelope says where the event says nothing. */
    private static void take(Map<String, String> fields, String name, String ofHeader, String ofEnvelope) {
        String outer = ofHeader != null ? ofHeader : fields.containsKey("specversion") ? ofEnvelope : null;
        if (outer != null) {
            fields.putIfAbsent(name, outer);
        }
    }

    private static void readObject(JsonParser json, Map<String, String> fields, boolean outer) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT && outer && name.equals("data")) {
                readObject(json, fields, false);
            } else if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
                if (json.getTextLength() <= EnvelopeReader.MAX_ID) {
                    fields.put(name, json.getText());
                }
            } else {
                json.skipChildren();
            }
        }
    }

    private static Map<String, String> headers(SourceRecord source, Masking.OfTenant masking) {
        Map<String, String> headers = new TreeMap<>();
        for (RecordHeader header : source.headers()) {
            headers.put(masking.text(header.key()), header.value() == null ? "" : masking.text(utf8(header.value())));
        }
        return headers;
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Integer number(String text) {
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Instant time(String text) {
        try {
            Instant time = text == null ? null : OffsetDateTime.parse(text).toInstant();
            return time == null || time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** When it was appended, as far as tables can say it: without log append time, whoever publishes may say anything. */
    static Instant logTime(SourceRecord source) {
        return Instant.ofEpochMilli(Math.min(source.timestamp(), LATEST.toEpochMilli()));
    }

    /** The part of a {@code traceparent} that names the trace (W3C Trace Context §3.2.2). */
    private static String traceId(String header) {
        String traceparent = TraceContext.orNull(header);
        return traceparent == null || traceparent.charAt(2) != '-' ? null : traceparent.substring(3, 35);
    }
}
