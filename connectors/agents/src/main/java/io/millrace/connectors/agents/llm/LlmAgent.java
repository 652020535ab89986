package io.millrace.connectors.agents.llm;

import io.millrace.connectors.agents.SettingsFields;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * What a model is asked to do.
 *
 * @param deployment of Azure OpenAI, or the model's name elsewhere; null for the one that the job's configuration names
 * @param system what the model is told before the input; null for nothing
 * @param temperature 0 to 2; null for the service's default
 * @param maxTokens of the answer; 0 for the service's default
 * @param maxCompletionTokens the same for models that reason, which do not accept {@code max_tokens}; 0 for the default
 */
public record LlmAgent(
        String deployment,
        Operation operation,
        String system,
        BigDecimal temperature,
        int maxTokens,
        int maxCompletionTokens) {
    private static final int MAX_NAME = 200;
    private static final int MAX_SYSTEM = 16_000;
    private static final int MAX_TOKENS = 1_000_000;
    private static final int MAX_NUMBER = 30;
    private static final int MAX_WORD = 20;
    private static final BigDecimal HOTTEST = BigDecimal.valueOf(2);

    /** What is asked of it. */
    public enum Operation {
        /** The input is the user's message; the answer is a JSON object. */
        CHAT,
        /** The input is a text or a list of texts; the answer is {@code {"embeddings":[[…],…]}}. */
        EMBEDDINGS
    }

    private static final class Parts {
        private String deployment;
        private Operation operation = Operation.CHAT;
        private String system;
        private BigDecimal temperature;
        private int maxTokens;
        private int maxCompletionTokens;
    }

    /** @throws RejectedEventException naming the field that is wrong */
    public static LlmAgent read(String settings) throws RejectedEventException {
        Parts parts = new Parts();
        new SettingsFields()
                .with("deployment", (field, json) -> parts.deployment = deployment(field, json))
                .with("operation", (field, json) -> parts.operation = operation(field, json))
                .with("system", (field, json) -> parts.system = json.string(field, 0, MAX_SYSTEM))
                .with("temperature", (field, json) -> parts.temperature = temperature(field, json))
                .with("max_tokens", (field, json) -> parts.maxTokens = json.integer(field, 1, MAX_TOKENS))
                .with(
                        "max_completion_tokens",
                        (field, json) -> parts.maxCompletionTokens = json.integer(field, 1, MAX_TOKENS))
                .read(settings);
        if (parts.maxTokens > 0 && parts.maxCompletionTokens > 0) {
            throw SettingsFields.wrong("max_tokens", "cannot be there together with max_completion_tokens");
        }
        return new LlmAgent(
                parts.deployment,
                parts.operation,
                parts.system,
                parts.temperature,
                parts.maxTokens,
                parts.maxCompletionTokens);
    }

    /** It becomes a part of a path. */
    private static String deployment(String field, JsonEvent json) throws IOException, RejectedEventException {
        String name = json.identifier(field, MAX_NAME);
        if (name.contains("..") || name.indexOf('?') >= 0 || name.indexOf('#') >= 0) {
            throw json.invalid(field, "must be the name of a deployment or a model");
        }
        return name;
    }

    private static Operation operation(String field, JsonEvent json) throws IOException, RejectedEventException {
        return switch (json.string(field, 0, MAX_WORD)) {
            case "chat" -> Operation.CHAT;
            case "embeddings" -> Operation.EMBEDDINGS;
            default -> throw json.invalid(field, "must be one of chat, embeddings");
        };
    }

    private static BigDecimal temperature(String field, JsonEvent json) throws IOException, RejectedEventException {
        BigDecimal value;
        try {
            value = new BigDecimal(json.json(field, MAX_NUMBER));
        } catch (NumberFormatException e) {
            throw json.invalid(field, "must be a number");
        }
        if (value.signum() < 0 || value.compareTo(HOTTEST) > 0) {
            throw json.invalid(field, "must be between 0 and 2");
        }
        return value;
    }
}
