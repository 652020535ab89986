package io.millrace.gateway.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a page of a list ended: what its last row is sorted by. Whoever changes it gets another page of what they may see.
 *
 * @param orders as the list was sorted
 * @param values a text or a number for each
 */
record Cursor(List<Order> orders, List<Object> values) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_CHARS = 4_000;

    String text() {
        try {
            List<Object> parts = new ArrayList<>();
            parts.add(describe(orders));
            parts.addAll(values);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(parts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are JSON", e);
        }
    }

    /** @throws BadCursorException when it is none of a list that is sorted so */
    static Cursor read(String text, List<Order> orders) {
        JsonNode parts;
        try {
            if (text.length() > MAX_CHARS) {
                throw new BadCursorException();
            }
            parts = JSON.readTree(Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException | IllegalArgumentException e) {
            throw new BadCursorException();
        }
        if (parts.size() != orders.size() + 1 || !parts.path(0).asText().equals(describe(orders))) {
            throw new BadCursorException();
        }
        List<Object> values = new ArrayList<>();
        for (int i = 1; i < parts.size(); i++) {
            JsonNode part = parts.get(i);
            if (!part.isTextual() && !part.isIntegralNumber()) {
                throw new BadCursorException();
            }
            values.add(part.isTextual() ? part.asText() : (Object) part.asLong());
        }
        return new Cursor(orders, values);
    }

    private static String describe(List<Order> orders) {
        return orders.stream()
                .map(order -> (order.descending() ? "-" : "") + order.column())
                .collect(Collectors.joining(","));
    }
}
