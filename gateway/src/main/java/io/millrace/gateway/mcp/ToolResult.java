package io.millrace.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Reply;
import java.nio.charset.StandardCharsets;

/** What a tool answers: a sentence, and the reply of the route as a text and as structured content. */
final class ToolResult {
    /** Of a text, in chars: more would fill what an assistant can think of. */
    static final int MAX_TEXT = 64 * 1024;

    private ToolResult() {}

    static boolean isDone(Reply reply) {
        return reply.status() < 400;
    }

    static ObjectNode of(Reply reply) {
        JsonNode body = Json.own(reply.body());
        ObjectNode result = Json.object();
        ArrayNode content = result.putArray("content");
        if (isDone(reply)) {
            text(content, sentence(body));
            text(content, shortened(body.toString()));
        } else {
            text(content, body.path("detail").asText());
        }
        result.set("structuredContent", body);
        return result.put("isError", !isDone(reply));
    }

    static String shortened(String text) {
        return text.length() <= MAX_TEXT
                ? text
                : text.substring(0, MAX_TEXT) + "… (cut here; there are " + text.length() + " characters)";
    }

    private static void text(ArrayNode content, String text) {
        content.addObject().put("type", "text").put("text", text);
    }

    private static String sentence(JsonNode body) {
        if (body.path("items").isArray()) {
            int count = body.path("items").size();
            return (count == 0 ? "Nothing." : count == 1 ? "One:" : count + ":")
                    + (body.has("next") ? " More follow; ask again with cursor = next." : "");
        }
        if (body.has("event_id") && body.has("position")) {
            return "It is in the log, and will be acted on; to read what came of it, ask with after = "
                    + body.path("event_id").asText() + " or "
                    + body.path("position").asText() + ".";
        }
        return "Done.";
    }

    /** The reply as JSON in UTF-8, for a resource. */
    static String text(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }
}
