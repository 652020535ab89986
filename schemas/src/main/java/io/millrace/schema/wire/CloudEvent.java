package io.millrace.schema.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * The attributes of a CloudEvents 1.0 envelope that an event may take from it, in binary mode (headers, Kafka
 * protocol binding §3.2) or structured mode (§3.3).
 *
 * @param eventId null when there is no envelope
 * @param eventType null when there is no envelope
 * @param time null when the envelope has none
 * @param traceparent may be null
 * @param data the bytes of the event in structured mode, else null
 */
@SuppressWarnings("ArrayRecordComponent")
public record CloudEvent(UUID eventId, String eventType, Instant time, String traceparent, byte[] data) {
    private static final String VERSION = "1.0";
    private static final String HEADER_PREFIX = "ce_";
    private static final int MAX_ATTRIBUTE = 1_000;

    private static final CloudEvent NONE = new CloudEvent(null, null, null, null, null);

    /** No envelope, only what the record's headers say. */
    static CloudEvent none(String traceparent) {
        return traceparent == null ? NONE : new CloudEvent(null, null, null, traceparent, null);
    }

    /** The envelope in the record's headers, or null when there is none. */
    static CloudEvent ofHeaders(SourceRecord source) throws RejectedEventException {
        String version = source.header(HEADER_PREFIX + "specversion");
        if (version == null) {
            return null;
        }
        Attributes attributes = new Attributes();
        attributes.specVersion = version;
        attributes.id = source.header(HEADER_PREFIX + "id");
        attributes.source = source.header(HEADER_PREFIX + "source");
        attributes.type = source.header(HEADER_PREFIX + "type");
        attributes.time = source.header(HEADER_PREFIX + "time");
        String traceparent = source.header(HEADER_PREFIX + WireHeaders.TRACEPARENT);
        attributes.traceparent = traceparent != null ? traceparent : source.header(WireHeaders.TRACEPARENT);
        return attributes.finish();
    }

    /** The envelope that the value is, or null when it is none. */
    static CloudEvent ofBody(byte[] value, int maxBytes) throws RejectedEventException {
        Attributes attributes = new Attributes();
        try {
            JsonEvent.readObject(value, 0, value.length, (name, json) -> attributes.read(name, json, value, maxBytes));
        } catch (RejectedEventException e) {
            if (!attributes.isEnvelope) {
                return null;
            }
            throw e;
        }
        if (!attributes.isEnvelope) {
            return null;
        }
        CloudEvent envelope = attributes.finish();
        if (envelope.data == null) {
            throw new RejectedEventException(ErrorCode.INVALID_ENVELOPE, "data: missing in the CloudEvent");
        }
        return envelope;
    }

    /** The id of the event that an envelope is of: source and id together are what CloudEvents §3.1 calls unique. */
    public static UUID eventId(String source, String id) {
        UUID uuid = Uuids.parse(id);
        return uuid != null ? uuid : Uuid5.of(new UUID(0, 0), source + "\n" + id);
    }

    private static final class Attributes {
        private boolean isEnvelope;
        private boolean hasText;
        private boolean hasBase64;
        private String specVersion;
        private String id;
        private String source;
        private String type;
        private String time;
        private String traceparent;
        private byte[] data;

        private void read(String name, JsonEvent json, byte[] value, int maxBytes)
                throws IOException, RejectedEventException {
            switch (name) {
                case "specversion" -> {
                    isEnvelope = true;
                    if (!json.isString()) {
                        throw new RejectedEventException(
                                ErrorCode.INVALID_ENVELOPE, "specversion: must be the string \"" + VERSION + "\"");
                    }
                    specVersion = attribute(name, json);
                }
                case "id" -> id = attribute(name, json);
                case "source" -> source = attribute(name, json);
                case "type" -> type = attribute(name, json);
                case "time" -> time = optional(name, json);
                case WireHeaders.TRACEPARENT -> traceparent = optional(name, json);
                case "data" -> {
                    hasText = true;
                    data = data(json, value, maxBytes);
                }
                case "data_base64" -> {
                    hasBase64 = true;
                    data = base64(json, maxBytes);
                }
                default -> {
                    // Extension attributes are ignored.
                }
            }
        }

        private static String attribute(String name, JsonEvent json) throws IOException, RejectedEventException {
            return json.string(name, 1, MAX_ATTRIBUTE);
        }

        /** Null for an attribute that is null or empty: Dapr sends an empty one when tracing is off. */
        private static String optional(String name, JsonEvent json) throws IOException, RejectedEventException {
            String text = json.isNull() ? "" : json.string(name, 0, MAX_ATTRIBUTE);
            return text.isEmpty() ? null : text;
        }

        /** The event as an object, or as text, which is what Dapr makes of it unless it is told the content type. */
        private static byte[] data(JsonEvent json, byte[] value, int maxBytes)
                throws IOException, RejectedEventException {
            if (json.isString()) {
                return json.string("data", 1, maxBytes).getBytes(StandardCharsets.UTF_8);
            }
            if (!json.isObject()) {
                throw json.wrongType("data", "an object");
            }
            int from = json.startOffset();
            return Arrays.copyOfRange(value, from, json.skipToEnd());
        }

        private static byte[] base64(JsonEvent json, int maxBytes) throws IOException, RejectedEventException {
            try {
                return Base64.getDecoder().decode(json.string("data_base64", 1, maxBytes));
            } catch (IllegalArgumentException e) {
                throw json.invalid("data_base64", "must be base64");
            }
        }

        private CloudEvent finish() throws RejectedEventException {
            if (!VERSION.equals(specVersion)) {
                throw new RejectedEventException(
                        ErrorCode.INVALID_ENVELOPE, "specversion: must be " + VERSION + ", is " + specVersion);
            }
            if (hasText && hasBase64) {
                throw new RejectedEventException(
                        ErrorCode.INVALID_ENVELOPE, "data: a CloudEvent has data or data_base64, not both");
            }
            require("id", id);
            require("source", source);
            require("type", type);
            return new CloudEvent(eventId(source, id), type, time(), TraceContext.orNull(traceparent), data);
        }

        private static void require(String name, String value) throws RejectedEventException {
            if (value == null || value.isEmpty()) {
                throw new RejectedEventException(ErrorCode.INVALID_ENVELOPE, name + ": missing in the CloudEvent");
            }
        }

        private Instant time() throws RejectedEventException {
            if (time == null) {
                return null;
            }
            try {
                IsoDateTimes.Parsed parsed = IsoDateTimes.parse(time);
                if (parsed.hasOffset()) {
                    return parsed.instant();
                }
            } catch (IllegalArgumentException e) {
                throw new RejectedEventException(ErrorCode.INVALID_ENVELOPE, "time: " + e.getMessage());
            }
            throw new RejectedEventException(ErrorCode.INVALID_ENVELOPE, "time: must have an offset");
        }
    }
}
