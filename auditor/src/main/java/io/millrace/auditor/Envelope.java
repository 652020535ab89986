package io.millrace.auditor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Takes an event out of a CloudEvents 1.0 envelope, structured or binary. */
final class Envelope {
    /** Set on an event whose id is made from the envelope's in a way the contract does not spell out. */
    static final String OPEN_ID = " id of the envelope";

    private static final String BINARY_PREFIX = "ce_";

    private Envelope() {}

    /** The event itself, with what it lacks taken from the envelope; null when the envelope is bad. */
    static JsonNode open(Headers headers, JsonNode json, Verdict verdict) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Header header : headers) {
            if (header.key().startsWith(BINARY_PREFIX) && header.value() != null) {
                String name = header.key().substring(BINARY_PREFIX.length());
                attributes.put(name, new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        if (!attributes.isEmpty()) {
            if (!attributes.containsKey("specversion") || json.has("specversion")) {
                verdict.either("an envelope half binary");
            }
            return complete(attributes, json, verdict);
        }
        if (!json.has("specversion")) {
            return json;
        }
        json.properties().forEach(field -> {
            if (field.getValue().isTextual()) {
                attributes.put(field.getKey(), field.getValue().textValue());
            }
        });
        JsonNode data = json.path("data");
        if (json.has("event_type") || json.has("data_base64") || data.isTextual()) {
            verdict.either("an envelope the contract does not settle");
        }
        if (!data.isObject()) {
            verdict.bad("an envelope without data");
            return null;
        }
        return complete(attributes, data, verdict);
    }

    private static JsonNode complete(Map<String, String> attributes, JsonNode data, Verdict verdict) {
        for (String required : new String[] {"id", "source", "type"}) {
            if (attributes.getOrDefault(required, "").isEmpty()) {
                verdict.bad("an envelope without " + required);
                return null;
            }
        }
        if (!attributes.getOrDefault("specversion", "1.0").equals("1.0")) {
            verdict.bad("an envelope of another version");
            return null;
        }
        ObjectNode event = data.deepCopy();
        if (!event.has("event_id")) {
            String id = attributes.get("id");
            if (isUuid(id)) {
                event.put("event_id", id);
            } else {
                event.put(OPEN_ID, id);
            }
        }
        if (!event.has("event_type")) {
            event.put("event_type", attributes.get("type"));
        }
        if (!event.has("occurred_at") && attributes.containsKey("time")) {
            event.put("occurred_at", attributes.get("time"));
        }
        return event;
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
