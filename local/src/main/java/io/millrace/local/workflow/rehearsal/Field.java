package io.millrace.local.workflow.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.topic.FieldLines;
import io.millrace.local.workflow.WorkflowException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A value, and where it is. */
final class Field {
    private final Source source;
    private final String path;
    private final JsonNode node;

    /** The text that values are from. */
    record Source(String name, FieldLines lines) {
        WorkflowException wrong(String path, String problem) {
            return new WorkflowException(
                    name + ":" + lines.of(path) + ": " + (path.isEmpty() ? "" : path + ": ") + problem);
        }
    }

    Field(Source source, String path, JsonNode node) {
        this.source = source;
        this.path = path;
        this.node = node;
    }

    /** @param part a field of it; empty for itself */
    WorkflowException wrong(String part, String problem) {
        return source.wrong(part.isEmpty() ? path : path(part), problem);
    }

    <T> List<T> list(Function<Field, T> reader) {
        if (node.isMissingNode()) {
            return List.of();
        }
        if (!node.isArray()) {
            throw wrong("", "must be a list");
        }
        List<T> read = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            read.add(reader.apply(new Field(source, path + "[" + i + "]", node.get(i))));
        }
        return read;
    }

    List<String> texts() {
        return list(each -> {
            if (!each.node.isTextual()) {
                throw each.wrong("", "must be a text");
            }
            return each.node.asText();
        });
    }

    JsonNode node() {
        return node;
    }

    Field at(String field) {
        return new Field(source, path(field), node.path(field));
    }

    private String path(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    void requireObject() {
        if (!node.isMissingNode() && !node.isObject()) {
            throw wrong("", "must have fields");
        }
    }

    /** Misspelt, what was meant would count nothing. */
    void only(String... fields) {
        requireObject();
        node.fieldNames().forEachRemaining(field -> {
            if (!Set.of(fields).contains(field)) {
                throw wrong(field, "there is no such field; there are: " + String.join(", ", fields));
            }
        });
    }

    /** @param otherwise when it is missing; null when it must be there */
    String text(String field, String otherwise) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() && otherwise != null) {
            return otherwise;
        }
        if (!value.isTextual() && !value.isNumber()) {
            throw wrong(field, value.isMissingNode() ? "missing" : "must be a text");
        }
        return value.asText();
    }

    int number(String field, int otherwise) {
        JsonNode value = node.path(field);
        if (!value.isMissingNode() && !(value.canConvertToInt() && value.asInt() > 0)) {
            throw wrong(field, "must be a number from 1");
        }
        return value.asInt(otherwise);
    }

    Duration duration(String field) {
        String value = text(field, "PT0S");
        try {
            Duration duration = Duration.parse(value);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw wrong(field, "is \"" + value + "\", must be a duration such as PT5M");
        }
        throw wrong(field, "must not be negative");
    }
}
