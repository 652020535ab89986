package io.millrace.gateway.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.model.Page;
import io.millrace.gateway.model.PageRequest;

/** What many routes answer, and how their lists are paged. */
final class Answers {
    static final Parameter<Integer> LIMIT = Parameter.integer("limit", 1, 200, 50, "How many at a time.");
    static final Parameter<String> CURSOR =
            Parameter.text("cursor", 4_000, "The part of the list that follows: next of the answer before.");

    private Answers() {}

    static PageRequest page(Call call) {
        return new PageRequest(call.get(CURSOR), call.get(LIMIT));
    }

    static Reply of(Page page) {
        return Reply.items(page.items(), page.next());
    }

    /** @param body null when there is none */
    static Reply found(byte[] body, String what) throws ProblemException {
        if (body == null) {
            throw ProblemException.notFound("there is no such " + what);
        }
        return Reply.json(body);
    }

    /** The schema of a part of a list. */
    static ObjectNode pageOf(ObjectNode item) {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode fields = schema.putObject("properties");
        fields.putObject("items").put("type", "array").set("items", item);
        fields.putObject("next")
                .put("type", "string")
                .put("description", "The cursor of what follows, when more does.");
        schema.putArray("required").add("items");
        return schema;
    }

    /**
     * The schema of the answer to a write.
     *
     * @param ids what it says besides
     */
    static ObjectNode accepted(String... ids) {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode fields = schema.putObject("properties");
        ArrayNode required = schema.putArray("required").add("event_id").add("position");
        fields.putObject("event_id").put("type", "string").put("format", "uuid");
        for (String id : ids) {
            fields.putObject(id).put("type", "string");
            required.add(id);
        }
        fields.putObject("position")
                .put("type", "string")
                .put("description", "Where the event is in the log: topic:partition:offset.");
        return schema;
    }

    /** The schema of an object of texts, numbers and so on, by name. */
    static ObjectNode object(String... fieldsAndTypes) {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode fields = schema.putObject("properties");
        for (int i = 0; i < fieldsAndTypes.length; i += 2) {
            fields.putObject(fieldsAndTypes[i]).put("type", fieldsAndTypes[i + 1]);
        }
        return schema;
    }
}
