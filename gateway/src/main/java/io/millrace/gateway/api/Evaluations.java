package io.millrace.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.ProblemException;
import io.millrace.logic.flag.FlagContext;
import io.millrace.logic.flag.FlagResult;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.VisibleText;

/** Requests and answers of the OpenFeature Remote Evaluation Protocol. */
final class Evaluations {
    private static final String KEY = "key";
    private static final String METADATA = "metadata";
    private static final String TARGETING_KEY = "targetingKey";

    private Evaluations() {}

    /** Why a context is none. */
    static final class BadContextException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String code;

        private BadContextException(String code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        /** As the protocol has it. */
        String code() {
            return code;
        }
    }

    /** The context of a request. */
    static FlagContext context(byte[] body) throws BadContextException {
        JsonNode request;
        try {
            request = Json.read(body);
        } catch (ProblemException e) {
            throw new BadContextException("PARSE_ERROR", e.getMessage());
        }
        if (!(request.path("context") instanceof ObjectNode context)) {
            throw new BadContextException("INVALID_CONTEXT", "context: must be an object");
        }
        JsonNode key = context.path(TARGETING_KEY);
        if (!key.isMissingNode() && !key.isTextual()) {
            throw new BadContextException("INVALID_CONTEXT", "context.targetingKey: must be a string");
        }
        try {
            return FlagContext.of(context);
        } catch (RejectedEventException e) {
            throw new BadContextException("INVALID_CONTEXT", e.getMessage());
        }
    }

    static ObjectNode of(FlagResult result) {
        if (result.error() != null) {
            return withMetadata(failure(result.flag(), result.error().name(), result.detail()), result);
        }
        ObjectNode answer = Json.object().put(KEY, result.flag());
        if (result.value() != null) {
            answer.set("value", result.value());
        }
        answer.put("reason", result.reason().name());
        if (result.variant() != null) {
            answer.put("variant", result.variant());
        }
        return withMetadata(answer, result);
    }

    private static ObjectNode withMetadata(ObjectNode answer, FlagResult result) {
        if (result.metadata() != null && !result.metadata().isEmpty()) {
            answer.set(METADATA, result.metadata());
        }
        return answer;
    }

    /** @param key null when it is about no flag */
    static ObjectNode failure(String key, String code, String detail) {
        ObjectNode failure = Json.object();
        if (key != null) {
            failure.put(KEY, key);
        }
        return failure.put("errorCode", code).put("errorDetails", VisibleText.of(detail));
    }

    /** The schema of an evaluation that came to something. */
    static ObjectNode success() {
        ObjectNode schema = Answers.object(KEY, "string", "reason", "string", "variant", "string", METADATA, "object");
        ((ObjectNode) schema.path("properties"))
                .putObject("value")
                .put(
                        "description",
                        "Boolean, string, number or object; not there when the caller's own default holds.");
        schema.putArray("required").add(KEY).add("reason");
        return schema;
    }

    /** The schema of the evaluations of all flags. */
    static ObjectNode all() {
        ObjectNode flag = success();
        ((ObjectNode) flag.path("properties")).putObject("errorCode").put("type", "string");
        ((ObjectNode) flag.path("properties")).putObject("errorDetails").put("type", "string");
        flag.putArray("required").add(KEY);
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode fields = schema.putObject("properties");
        fields.putObject("flags").put("type", "array").set("items", flag);
        fields.putObject("eventStreams").put("type", "array").putObject("items").put("type", "object");
        schema.putArray("required").add("flags");
        return schema;
    }
}
