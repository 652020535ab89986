package io.millrace.schema.agent;

import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The values that several events have. */
final class Values {
    private static final int MAX_WORD = 100;
    private static final Pattern AGENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    private Values() {}

    static String agent(String field, JsonEvent json) throws IOException, RejectedEventException {
        String name = json.string(field, 1, 100);
        if (!AGENT.matcher(name).matches()) {
            throw json.invalid(
                    field, "must be 1 to 100 letters, digits, '.', '_' and '-', beginning with a letter or digit");
        }
        return name;
    }

    static String topic(String field, JsonEvent json) throws IOException, RejectedEventException {
        String name = json.string(field, 1, 249);
        if (!TOPIC.matcher(name).matches()) {
            throw json.invalid(field, "must be a topic's name: letters, digits, '.', '_' and '-'");
        }
        return name;
    }

    /** A constant in the letters it has in Java, such as {@code TIMED_OUT}. */
    static <E extends Enum<E>> E upper(String field, JsonEvent json, E[] all)
            throws IOException, RejectedEventException {
        return oneOf(field, json, all, false);
    }

    /** A constant in small letters, such as {@code refresh}. */
    static <E extends Enum<E>> E lower(String field, JsonEvent json, E[] all)
            throws IOException, RejectedEventException {
        return oneOf(field, json, all, true);
    }

    private static <E extends Enum<E>> E oneOf(String field, JsonEvent json, E[] all, boolean lower)
            throws IOException, RejectedEventException {
        String text = json.string(field, 0, MAX_WORD);
        for (E one : all) {
            if (text.equals(lower ? lower(one) : one.name())) {
                return one;
            }
        }
        throw json.invalid(
                field,
                "must be one of "
                        + Arrays.stream(all)
                                .map(one -> lower ? lower(one) : one.name())
                                .collect(Collectors.joining(", ")));
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Reads one element of an array. */
    @FunctionalInterface
    interface Element<E> {
        E read(String field, JsonEvent json) throws IOException, RejectedEventException;
    }

    static <E> List<E> list(String field, JsonEvent json, int max, Element<E> element)
            throws IOException, RejectedEventException {
        if (!json.isArray()) {
            throw json.wrongType(field, "an array");
        }
        List<E> list = new ArrayList<>();
        while (json.nextElement()) {
            if (list.size() == max) {
                throw json.invalid(field, "must have at most " + max + " elements");
            }
            list.add(element.read(field + "[" + list.size() + "]", json));
        }
        return List.copyOf(list);
    }

    static void require(Object value, String field) throws RejectedEventException {
        if (value == null) {
            throw new RejectedEventException(ErrorCode.MISSING_FIELD, field + ": missing");
        }
    }
}
