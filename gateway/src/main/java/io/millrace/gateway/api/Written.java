package io.millrace.gateway.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.log.LogPosition;
import java.util.UUID;

/** What is answered when several events were written: which, and where they are. */
final class Written {
    private final ObjectNode body = Json.object();
    private final ArrayNode items = body.putArray("items");

    static ObjectNode none() {
        return new Written().body();
    }

    static ObjectNode schema() {
        return Answers.pageOf(Answers.object("event_id", "string", "event_type", "string", "position", "string"));
    }

    void add(UUID eventId, String type, LogPosition position) {
        items.addObject()
                .put("event_id", eventId.toString())
                .put("event_type", type)
                .put("position", position.toString());
    }

    ObjectNode body() {
        return body;
    }
}
