package io.millrace.testing.llm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the server answers.
 *
 * @param delay before the first byte
 */
public record LlmReply(int status, Map<String, String> headers, String body, Duration delay, Breaks breaks) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How the connection ends. */
    public enum Breaks {
        /** It does not. */
        NOT,
        /** In the middle of the body. */
        IN_THE_BODY,
        /** Before the first byte. */
        AT_ONCE
    }

    /** Any response. */
    public static LlmReply of(int status, String body) {
        return new LlmReply(status, Map.of(), body, Duration.ZERO, Breaks.NOT);
    }

    /** An answer of the model. */
    public static LlmReply answer(String content, int promptTokens, int completionTokens) {
        return completion(content, "stop", promptTokens, completionTokens);
    }

    /** An answer that is longer than the model may answer. */
    public static LlmReply cutOff(String content, int promptTokens, int completionTokens) {
        return completion(content, "length", promptTokens, completionTokens);
    }

    /** An answer of which nothing is left, for the content filter took it. */
    public static LlmReply answerFiltered() {
        return completion(null, "content_filter", 10, 0);
    }

    private static LlmReply completion(String content, String end, int promptTokens, int completionTokens) {
        ObjectNode body = JSON.createObjectNode();
        body.put("id", "chatcmpl-test").put("object", "chat.completion").put("created", 0);
        ObjectNode choice = body.putArray("choices").addObject();
        choice.put("index", 0).put("finish_reason", end);
        choice.putObject("message").put("role", "assistant").put("content", content);
        usage(body, promptTokens, completionTokens);
        return of(200, body.toString());
    }

    /** Vectors as numbers, as services without base64 have them. */
    public static LlmReply embeddings(float[]... vectors) {
        ObjectNode body = JSON.createObjectNode().put("object", "list");
        ArrayNode data = body.putArray("data");
        for (int i = 0; i < vectors.length; i++) {
            ArrayNode vector =
                    data.addObject().put("object", "embedding").put("index", i).putArray("embedding");
            for (float value : vectors[i]) {
                vector.add(value);
            }
        }
        usage(body, vectors.length, 0);
        return of(200, body.toString());
    }

    static void usage(ObjectNode body, int promptTokens, int completionTokens) {
        body.putObject("usage")
                .put("prompt_tokens", promptTokens)
                .put("completion_tokens", completionTokens)
                .put("total_tokens", promptTokens + completionTokens);
    }

    public static LlmReply unauthorized() {
        return error(401, "401", "Access denied due to invalid subscription key or wrong API endpoint.");
    }

    public static LlmReply noSuchDeployment() {
        return error(404, "DeploymentNotFound", "The API deployment for this resource does not exist.");
    }

    /** With {@code Retry-After} in seconds, rounded up, and {@code retry-after-ms}. */
    public static LlmReply rateLimited(Duration retryAfter) {
        return error(429, "429", "Requests have exceeded the rate limit of your pricing tier.")
                .with("Retry-After", Long.toString((retryAfter.toMillis() + 999) / 1000))
                .with("retry-after-ms", Long.toString(retryAfter.toMillis()));
    }

    public static LlmReply serverError(int status) {
        return error(status, "InternalServerError", "The server had an error while processing your request.");
    }

    public static LlmReply inputFiltered() {
        return error(
                400, "content_filter", "The response was filtered due to the prompt triggering the content policy.");
    }

    /** A refusal in the form that the service has for it. */
    public static LlmReply error(int status, String code, String message) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error").put("code", code).put("message", message);
        return of(status, body.toString());
    }

    /** An answer of the model that is no JSON. */
    public static LlmReply chatter() {
        return answer("Sure! Here is what you asked for: {", 12, 9);
    }

    /** A body that is no JSON. */
    public static LlmReply malformed() {
        return of(200, "{\"choices\":[{\"message\":");
    }

    /** A body of which the end never comes, though its length was announced. */
    public static LlmReply truncated() {
        return answer("{\"answer\":\"the end of this is lost\"}", 10, 10).breaking(Breaks.IN_THE_BODY);
    }

    /** No response: the connection is closed. */
    public static LlmReply closed() {
        return of(200, "").breaking(Breaks.AT_ONCE);
    }

    /** The same with a header more. */
    public LlmReply with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new LlmReply(status, more, body, delay, breaks);
    }

    /** The same, so long before the first byte. */
    public LlmReply after(Duration wait) {
        return new LlmReply(status, headers, body, wait, breaks);
    }

    private LlmReply breaking(Breaks where) {
        return new LlmReply(status, headers, body, delay, where);
    }
}
