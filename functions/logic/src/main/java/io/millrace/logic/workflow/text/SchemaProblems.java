package io.millrace.logic.workflow.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a schema says is wrong, in words, once for each place. */
final class SchemaProblems {
    private static final String UNKNOWN = "unevaluatedProperties";

    private SchemaProblems() {}

    /** A place within what was looked at, and what is wrong there. */
    record Found(String pointer, String message) {}

    static List<Found> of(List<Error> errors) {
        Map<String, Found> found = new LinkedHashMap<>();
        for (Error error : errors) {
            if (!error.getKeyword().equals(UNKNOWN) || !isConsequence(error, errors)) {
                Found one = found(error);
                found.putIfAbsent(one.pointer() + one.message(), one);
            }
        }
        return new ArrayList<>(found.values());
    }

    /** Where a part of a schema is not met, it knows of none of the members that it allows. */
    private static boolean isConsequence(Error unknown, List<Error> errors) {
        String place = unknown.getInstanceLocation().toString();
        return errors.stream()
                .map(other -> other.getKeyword().equals(UNKNOWN)
                        ? other.getInstanceLocation().toString()
                        : other.getInstanceLocation() + "/")
                .anyMatch(other -> other.startsWith(place + "/"));
    }

    private static Found found(Error error) {
        String pointer = error.getInstanceLocation().toString();
        String keyword = error.getKeyword();
        String property = error.getProperty();
        return switch (keyword) {
            case "required" -> new Found(pointer, property + " is missing");
            case "dependentRequired" -> new Found(pointer, property + " is missing");
            case UNKNOWN, "additionalProperties" ->
                new Found(pointer + "/" + escaped(property), property + " is not known here");
            case "type" ->
                new Found(
                        pointer, "must be " + types(error.getSchemaNode()) + ", not " + type(error.getInstanceNode()));
            case "enum" -> new Found(pointer, "must be one of " + list(error.getSchemaNode()));
            case "minProperties" -> new Found(pointer, "must not be empty");
            case "maxProperties" -> new Found(pointer, "must be one step: a name and what it does");
            case "minItems" -> new Found(pointer, "must not be empty");
            case "pattern" -> new Found(pointer, pattern(pointer));
            default -> new Found(pointer, error.getMessage());
        };
    }

    private static String pattern(String pointer) {
        return switch (pointer) {
            case "/document/namespace", "/document/name" ->
                "must be 1 to 63 letters, digits and hyphens, none at an end";
            case "/document/version", "/document/dsl" -> "must be a version such as 1.0.0";
            default -> "is not written as it has to be";
        };
    }

    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String list(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return String.join(", ", texts);
    }

    private static String types(JsonNode types) {
        List<String> names = new ArrayList<>();
        if (types.isArray()) {
            types.forEach(type -> names.add(inWords(type.asText())));
        } else {
            names.add(inWords(types.asText()));
        }
        return names.stream().collect(Collectors.joining(" or "));
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> inWords("object");
            case ARRAY -> inWords("array");
            case STRING -> inWords("string");
            case NUMBER -> value.isIntegralNumber() ? inWords("number") : "a fraction";
            case BOOLEAN -> inWords("boolean");
            default -> "empty";
        };
    }

    private static String inWords(String type) {
        return switch (type) {
            case "object" -> "an object";
            case "array" -> "a list";
            case "string" -> "a text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            default -> type;
        };
    }
}
