package io.millrace.connectors.agents.llm;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.StatusAnswers;
import io.millrace.schema.agent.AgentErrorCode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Errors in responses whose status is 2xx: gateways that have begun to answer when the model fails have no other place
 * for them. {@code {"error":{"code":429}}}, or with a word as {@code code} or {@code type}.
 */
final class LlmErrors {
    private static final int RATE_LIMITED = 429;
    private static final int UNAUTHORIZED = 401;
    private static final int REJECTED = 400;
    private static final int FAILED = 500;
    private static final int BUSY = 503;
    private static final int TIMED_OUT = 504;

    private static final Pattern STATUS = Pattern.compile("[45][0-9]{2}");

    /** The words of OpenAI, Anthropic and Google, and the status codes that they stand for. */
    private static final Map<String, Integer> WORDS = Map.ofEntries(
            Map.entry("rate_limit_error", RATE_LIMITED),
            Map.entry("rate_limit_exceeded", RATE_LIMITED),
            Map.entry("too_many_requests", RATE_LIMITED),
            Map.entry("insufficient_quota", RATE_LIMITED),
            Map.entry("resource_exhausted", RATE_LIMITED),
            Map.entry("overloaded_error", BUSY),
            Map.entry("overloaded", BUSY),
            Map.entry("unavailable", BUSY),
            Map.entry("service_unavailable", BUSY),
            Map.entry("timeout_error", TIMED_OUT),
            Map.entry("deadline_exceeded", TIMED_OUT),
            Map.entry("invalid_api_key", UNAUTHORIZED),
            Map.entry("authentication_error", UNAUTHORIZED),
            Map.entry("permission_error", UNAUTHORIZED),
            Map.entry("invalid_request_error", REJECTED),
            Map.entry("invalid_argument", REJECTED),
            Map.entry("context_length_exceeded", REJECTED),
            Map.entry("model_not_found", REJECTED),
            Map.entry("not_found_error", REJECTED));

    private LlmErrors() {}

    /** The answer that an error in a response, or in its first choice, is; null when there is none. */
    static AgentAnswer in(JsonNode response, long retryAfterMs) {
        JsonNode error = response.path("error");
        if (isAbsent(error)) {
            error = response.path("choices").path(0).path("error");
        }
        if (isAbsent(error)) {
            return null;
        }
        for (String name : new String[] {"code", "type", "status"}) {
            String text = error.path(name).asText().toLowerCase(Locale.ROOT);
            if (text.equals("content_filter")) {
                return AgentAnswer.failed(AgentErrorCode.CONTENT_FILTERED, "the model's answer was filtered");
            }
            Integer status = STATUS.matcher(text).matches() ? Integer.valueOf(text) : WORDS.get(text);
            if (status != null) {
                return StatusAnswers.of(status, retryAfterMs, "the service's response is the error " + text);
            }
        }
        return StatusAnswers.of(FAILED, retryAfterMs, "the service's response is an error");
    }

    private static boolean isAbsent(JsonNode error) {
        return error.isMissingNode() || error.isNull();
    }
}
