package io.millrace.gateway.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.expressions.Budget;
import io.millrace.expressions.Expression;
import io.millrace.expressions.ExpressionException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An expression of a file, as workflows have them.
 *
 * @param place of it in the file, for messages
 */
record Formula(String place, Expression expression) {
    /** {@code $body} is all that was sent, also where {@code .} is a part of it. */
    static final Set<String> VARIABLES = Set.of("body", "headers", "query");

    private static final Budget BUDGET = new Budget(200_000, 2_000, 16L << 20, 1_000);
    private static final String OPEN = "${";
    private static final String CLOSE = "}";

    /** Whether a text is one: all of it, between braces. */
    static boolean isOne(String text) {
        return text.strip().startsWith(OPEN) && text.strip().endsWith(CLOSE);
    }

    /**
     * @param text with or without the braces
     * @throws ExpressionException when it is none
     */
    static Formula compile(String place, String text) throws ExpressionException {
        String stripped = text.strip();
        String source = isOne(text) ? stripped.substring(OPEN.length(), stripped.length() - CLOSE.length()) : stripped;
        return new Formula(place, Expression.compile(source, VARIABLES));
    }

    /** Null when it has no value. */
    JsonNode value(JsonNode input, Map<String, JsonNode> variables) throws MappingException {
        try {
            return expression.evaluateFirst(input, variables, BUDGET);
        } catch (ExpressionException e) {
            throw new MappingException(place, e.getMessage());
        }
    }

    List<JsonNode> values(JsonNode input, Map<String, JsonNode> variables) throws MappingException {
        try {
            return expression.evaluate(input, variables, BUDGET);
        } catch (ExpressionException e) {
            throw new MappingException(place, e.getMessage());
        }
    }

    /** As a text; null when it has no value, or null. */
    String text(JsonNode input, Map<String, JsonNode> variables) throws MappingException {
        JsonNode value = value(input, variables);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value.isContainerNode()) {
            throw new MappingException(place, "must come to a text, and came to an object or a list");
        }
        return value.asText();
    }

    /** Whether it is neither false nor null, as jq has it. */
    boolean holds(JsonNode input, Map<String, JsonNode> variables) throws MappingException {
        JsonNode value = value(input, variables);
        return value != null && !value.isNull() && !(value.isBoolean() && !value.booleanValue());
    }
}
