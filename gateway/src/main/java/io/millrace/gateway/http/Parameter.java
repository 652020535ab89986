package io.millrace.gateway.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.IsoDateTimes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A part of the address of a request: where it stands, what it means, and how it is read.
 *
 * @param otherwise what it is when it is not given
 */
public record Parameter<T>(
        String name, Place place, String description, ObjectNode schema, T otherwise, Reading<T> reading) {
    private static final int MAX_VALUES = 20;
    private static final int MAX_ID = 300;

    /** Where it stands. */
    public enum Place {
        PATH,
        QUERY
    }

    /** Reads what was given, at least one text. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(String name, List<String> given) throws ProblemException;
    }

    /** An id in the path. */
    public static Parameter<String> path(String name, String description) {
        return new Parameter<>(
                name,
                Place.PATH,
                description,
                schema("string", s -> s.put("minLength", 1).put("maxLength", MAX_ID)),
                null,
                text(MAX_ID));
    }

    /** A text; null when it is not given. */
    public static Parameter<String> text(String name, int max, String description) {
        return new Parameter<>(
                name,
                Place.QUERY,
                description,
                schema("string", s -> s.put("minLength", 1).put("maxLength", max)),
                null,
                text(max));
    }

    /** Several texts, the parameter given several times. */
    public static Parameter<List<String>> texts(String name, int max, String description) {
        return new Parameter<>(
                name,
                Place.QUERY,
                description,
                list(schema("string", s -> s.put("minLength", 1).put("maxLength", max))),
                List.of(),
                (field, given) -> {
                    if (given.size() > MAX_VALUES) {
                        throw ProblemException.ofField(field, "invalid_value", "at most " + MAX_VALUES + " are taken");
                    }
                    List<String> texts = new ArrayList<>();
                    for (String one : given) {
                        texts.add(text(max).read(field, List.of(one)));
                    }
                    return List.copyOf(texts);
                });
    }

    public static Parameter<Integer> integer(String name, int min, int max, int otherwise, String description) {
        return new Parameter<>(
                name,
                Place.QUERY,
                description,
                schema("integer", s -> s.put("minimum", min).put("maximum", max).put("default", otherwise)),
                otherwise,
                (field, given) -> {
                    String text = once(field, given);
                    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
                        throw ProblemException.ofField(
                                field, "invalid_value", "must be a number from " + min + " to " + max);
                    }
                    return Integer.parseInt(text);
                });
    }

    /** A number that counts something; null when it is not given. */
    public static Parameter<Long> count(String name, String description) {
        return new Parameter<>(
                name, Place.QUERY, description, schema("integer", s -> s.put("minimum", 0)), null, (field, given) -> {
                    String text = once(field, given);
                    if (!text.matches("[0-9]{1,18}")) {
                        throw ProblemException.ofField(field, "invalid_value", "must be a whole number from 0 on");
                    }
                    return Long.parseLong(text);
                });
    }

    /** Some of these words, separated by commas or the parameter given several times; empty when it is not given. */
    public static Parameter<Set<String>> some(String name, List<String> words, String description) {
        return new Parameter<>(name, Place.QUERY, description, list(words(words)), Set.of(), (field, given) -> {
            Set<String> some = new LinkedHashSet<>();
            for (String one : given) {
                for (String word : one.split(",", -1)) {
                    some.add(known(field, word, words));
                }
            }
            return some;
        });
    }

    /** One of these words; null when it is not given. */
    public static Parameter<String> one(String name, List<String> words, String description) {
        return new Parameter<>(
                name,
                Place.QUERY,
                description,
                words(words),
                null,
                (field, given) -> known(field, once(field, given), words));
    }

    /** A moment, in milliseconds since the epoch; null when it is not given. */
    public static Parameter<Long> moment(String name, String description) {
        return new Parameter<>(
                name,
                Place.QUERY,
                description,
                schema("string", s -> s.put("format", "date-time")),
                null,
                (field, given) -> {
                    try {
                        IsoDateTimes.Parsed parsed = IsoDateTimes.parse(once(field, given));
                        if (parsed.hasOffset()) {
                            return parsed.instant().toEpochMilli();
                        }
                    } catch (IllegalArgumentException e) {
                        throw ProblemException.ofField(field, "invalid_value", e.getMessage());
                    }
                    throw ProblemException.ofField(
                            field, "invalid_value", "must have an offset, as in 2026-12-01T09:00:00Z");
                });
    }

    /** One that is read in a way of its own. */
    public static <T> Parameter<T> of(
            String name, String description, Consumer<ObjectNode> schema, T otherwise, Reading<T> reading) {
        return new Parameter<>(name, Place.QUERY, description, schema("string", schema), otherwise, reading);
    }

    T read(List<String> given) throws ProblemException {
        return given == null || given.isEmpty() ? otherwise : reading.read(name, given);
    }

    /** The one that was given. */
    public static String once(String field, List<String> given) throws ProblemException {
        if (given.size() > 1) {
            throw ProblemException.ofField(field, "duplicate_field", "given more than once");
        }
        return given.get(0);
    }

    private static Reading<String> text(int max) {
        return (field, given) -> {
            String text = once(field, given);
            if (text.isEmpty() || text.length() > max || text.chars().anyMatch(Character::isISOControl)) {
                throw ProblemException.ofField(
                        field, "invalid_value", "must have 1 to " + max + " characters, and no control characters");
            }
            return text;
        };
    }

    private static String known(String field, String word, List<String> words) throws ProblemException {
        if (!words.contains(word)) {
            throw ProblemException.ofField(field, "invalid_value", "must be one of " + String.join(", ", words));
        }
        return word;
    }

    private static ObjectNode words(List<String> words) {
        return schema("string", s -> {
            ArrayNode all = s.putArray("enum");
            words.forEach(all::add);
        });
    }

    private static ObjectNode list(ObjectNode items) {
        return schema("array", s -> s.put("maxItems", MAX_VALUES).set("items", items));
    }

    private static ObjectNode schema(String type, Consumer<ObjectNode> more) {
        ObjectNode schema = Json.object().put("type", type);
        more.accept(schema);
        return schema;
    }
}
