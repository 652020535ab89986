package io.millrace.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.ProblemException;
import io.millrace.schema.wire.CloudEvent;
import io.millrace.schema.wire.TraceContext;
import io.millrace.schema.wire.Uuids;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * CloudEvents 1.0 in requests, as its HTTP protocol binding and its JSON formats have them: structured, in batches, and
 * binary. What an event lacks is taken from its envelope, as the jobs do.
 *
 * @param eventId of the event in it
 * @param type of the event in it
 * @param occurredAt null when neither says
 * @param traceparent null for none
 * @param data the event, without what the envelope says
 */
record CloudEvents(UUID eventId, String type, String occurredAt, String traceparent, ObjectNode data) {
    static final String STRUCTURED = "application/cloudevents+json";
    static final String BATCH = "application/cloudevents-batch+json";
    static final int MOST = 100;

    private static final String PREFIX = "ce-";
    private static final int MAX_ATTRIBUTE = 1_000;
    private static final List<String> ENVELOPE = List.of("event_id", "event_type", "occurred_at");

    /** The attributes of an envelope, from wherever they come. */
    private record Attributes(String specVersion, String id, String source, String type, String time, String trace) {

        static Attributes ofHeaders(Map<String, String> headers) throws ProblemException {
            return new Attributes(
                    header(headers, "specversion"),
                    header(headers, "id"),
                    header(headers, "source"),
                    header(headers, "type"),
                    header(headers, "time"),
                    headers.get("traceparent"));
        }

        /** What is no ASCII is escaped in headers as it is in addresses (HTTP protocol binding §3.1.3.2). */
        private static String header(Map<String, String> headers, String name) throws ProblemException {
            String value = headers.get(PREFIX + name);
            try {
                return value == null || value.indexOf('%') < 0
                        ? value
                        : URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw ProblemException.ofField(PREFIX + name, "invalid_envelope", "is escaped wrongly");
            }
        }

        static Attributes ofObject(ObjectNode object) throws ProblemException {
            return new Attributes(
                    field(object, "specversion"),
                    field(object, "id"),
                    field(object, "source"),
                    field(object, "type"),
                    field(object, "time"),
                    field(object, "traceparent"));
        }

        private static String field(ObjectNode object, String name) throws ProblemException {
            JsonNode value = object.path(name);
            if (value.isMissingNode() || value.isNull()) {
                return null;
            }
            if (!value.isTextual()) {
                throw ProblemException.ofField(name, "invalid_envelope", "must be a string");
            }
            return value.textValue();
        }

        Attributes checked() throws ProblemException {
            if (!"1.0".equals(specVersion)) {
                throw ProblemException.ofField("specversion", "invalid_envelope", "must be 1.0");
            }
            require("id", id);
            require("source", source);
            require("type", type);
            return this;
        }

        private static void require(String name, String value) throws ProblemException {
            if (value == null || value.isEmpty() || value.length() > MAX_ATTRIBUTE) {
                throw ProblemException.ofField(
                        name, "invalid_envelope", "must have 1 to " + MAX_ATTRIBUTE + " characters");
            }
        }
    }

    /**
     * Reads all that a request holds.
     *
     * @param headers by their names in small letters
     * @throws ProblemException naming the place of the first one that is wrong
     */
    static List<CloudEvents> of(Map<String, String> headers, byte[] body) throws ProblemException {
        JsonNode json = Json.read(body);
        if (headers.containsKey(PREFIX + "specversion")) {
            return List.of(of(Attributes.ofHeaders(headers).checked(), object(json, "the body")));
        }
        if (!json.isArray()) {
            return List.of(structured(object(json, "the body")));
        }
        if (json.size() > MOST) {
            throw ProblemException.of(413, "too_large", "a batch may have at most " + MOST + " events");
        }
        List<CloudEvents> events = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            try {
                events.add(structured(object(json.get(i), "it")));
            } catch (ProblemException e) {
                throw e.within("[" + i + "]");
            }
        }
        return events;
    }

    private static ObjectNode object(JsonNode json, String what) throws ProblemException {
        if (json instanceof ObjectNode object) {
            return object;
        }
        throw ProblemException.of(400, "not_json", what + " must be a JSON object");
    }

    private static CloudEvents structured(ObjectNode envelope) throws ProblemException {
        Attributes attributes = Attributes.ofObject(envelope).checked();
        JsonNode data = envelope.path("data");
        if (envelope.has("data_base64") == envelope.has("data")) {
            throw ProblemException.ofField("data", "invalid_envelope", "a CloudEvent has either data or data_base64");
        }
        try {
            if (envelope.has("data_base64")) {
                data = Json.read(
                        Base64.getDecoder().decode(envelope.path("data_base64").asText()));
            } else if (data.isTextual()) {
                data = Json.read(data.textValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IllegalArgumentException e) {
            throw ProblemException.ofField("data_base64", "invalid_envelope", "must be base64");
        } catch (ProblemException e) {
            throw e.within("data");
        }
        return of(attributes, object(data, "data"));
    }

    private static CloudEvents of(Attributes attributes, ObjectNode data) throws ProblemException {
        if (data.has("specversion")) {
            throw ProblemException.ofField("data", "invalid_envelope", "is a CloudEvent itself");
        }
        String id = text(data, "event_id");
        UUID eventId = id == null ? CloudEvent.eventId(attributes.source(), attributes.id()) : Uuids.parse(id);
        if (eventId == null) {
            throw ProblemException.ofField("event_id", "invalid_value", "must be a UUID");
        }
        String type = text(data, "event_type");
        String time = text(data, "occurred_at");
        data.remove(ENVELOPE);
        return new CloudEvents(
                eventId,
                type == null ? attributes.type() : type,
                time == null ? attributes.time() : time,
                TraceContext.orNull(attributes.trace()),
                data);
    }

    private static String text(ObjectNode data, String name) throws ProblemException {
        JsonNode value = data.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw ProblemException.ofField(name, "wrong_type", "must be a string");
        }
        return value.textValue();
    }
}
