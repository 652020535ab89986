package io.millrace.gateway.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.log.LogPosition;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

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

    /**
     * The reply.
     *
     * @param positions of each, in the same order
     */
    static <E> Reply of(List<E> events, Function<E, UUID> id, Function<E, String> type, List<LogPosition> positions) {
        Written written = new Written();
        for (int i = 0; i < events.size(); i++) {
            written.add(id.apply(events.get(i)), type.apply(events.get(i)), positions.get(i));
        }
        return Reply.json(202, written.body());
    }

    private void add(UUID eventId, String type, LogPosition position) {
        items.addObject()
                .put("event_id", eventId.toString())
                .put("event_type", type)
                .put("position", position.toString());
    }

    ObjectNode body() {
        return body;
    }
}
