package io.millrace.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.VisibleText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a request is answered with.
 *
 * @param stream takes the open end of a reply that goes on; null for one that is whole
 */
public record Reply(
        int status, String contentType, byte[] body, Map<String, String> headers, Consumer<EventSink> stream) {
    public static final String JSON = "application/json";
    /** Server-sent events. */
    public static final String EVENTS = "text/event-stream";

    private static final String PROBLEM = "application/problem+json";

    public static Reply json(int status, JsonNode body) {
        return new Reply(status, JSON, bytes(body), Map.of(), null);
    }

    /** Server-sent events, as they come. */
    public static Reply events(Consumer<EventSink> stream) {
        return new Reply(200, EVENTS, new byte[0], Map.of(), stream);
    }

    /** A JSON object that is there already. */
    public static Reply json(byte[] body) {
        return new Reply(200, JSON, body, Map.of(), null);
    }

    public static Reply text(int status, String contentType, String text) {
        return new Reply(status, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of(), null);
    }

    /**
     * A part of a list: {@code {"items": […], "next": "…"}}.
     *
     * @param items JSON values
     * @param next null when there is no more
     */
    public static Reply items(List<byte[]> items, String next) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("{\"items\":["));
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.writeBytes(items.get(i));
        }
        // A cursor has only letters, digits, '-' and '_'.
        out.writeBytes(ascii(next == null ? "]}" : "],\"next\":\"" + next + "\"}"));
        return json(out.toByteArray());
    }

    static Reply problem(ProblemException problem) {
        ObjectNode body = Json.object()
                .put("type", "urn:millrace:problem:" + problem.code())
                .put("title", problem.code().replace('_', ' '))
                .put("status", problem.status())
                .put("detail", VisibleText.of(problem.getMessage()))
                .put("code", problem.code());
        if (problem.field() != null) {
            body.put("field", problem.field());
        }
        Map<String, String> headers = new LinkedHashMap<>();
        if (problem.retryAfterSeconds() > 0) {
            headers.put("Retry-After", Integer.toString(problem.retryAfterSeconds()));
        }
        if (problem.status() == 401) {
            headers.put("WWW-Authenticate", "Bearer");
        }
        return new Reply(problem.status(), PROBLEM, bytes(body), headers, null);
    }

    public Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, body, more, stream);
    }

    private static byte[] bytes(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
