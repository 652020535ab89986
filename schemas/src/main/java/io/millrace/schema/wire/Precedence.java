package io.millrace.schema.wire;

import java.io.IOException;
import java.util.function.Predicate;

/**
 * What is looked at first in a value that was rejected: of an event of another version or type, its producer is told
 * that, and not that some field does not look as it would in this version; and which fields an event has depends on its
 * type.
 *
 * @param type null when the value does not say it
 * @param rejection of the version or the type; null when both are known, or not to be found
 */
public record Precedence(String type, RejectedEventException rejection) {
    private static final int MAX_TYPE = 200;
    private static final int SCHEMA_VERSION = 1;

    static void requireKnownVersion(String field, JsonEvent json) throws IOException, RejectedEventException {
        int version = json.integer(field, Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (version != SCHEMA_VERSION) {
            throw new RejectedEventException(
                    ErrorCode.UNKNOWN_VERSION,
                    field + ": " + version + " is not known to this build, which reads version " + SCHEMA_VERSION);
        }
    }

    static String requireKnownType(String field, JsonEvent json, Predicate<String> known)
            throws IOException, RejectedEventException {
        String type = json.string(field, 1, MAX_TYPE);
        if (!known.test(type)) {
            throw new RejectedEventException(
                    ErrorCode.UNKNOWN_TYPE, field + ": \"" + type + "\" is not known to this build");
        }
        return type;
    }

    /** @param known whether this build reads events of that type from the topic */
    public static Precedence of(byte[] value, Predicate<String> known) {
        String[] type = new String[1];
        try {
            JsonEvent.readObject(value, 0, value.length, (name, json) -> readField(name, json, known, type));
        } catch (RejectedEventException e) {
            boolean first = e.code() == ErrorCode.UNKNOWN_VERSION || e.code() == ErrorCode.UNKNOWN_TYPE;
            return new Precedence(type[0], first ? e : null);
        }
        return new Precedence(type[0], null);
    }

    /** One reading of an event. */
    @FunctionalInterface
    public interface Attempt<E> {
        E read() throws RejectedEventException;
    }

    /** What the attempt gives, or the rejection that comes before its own. */
    public static <E> E before(Attempt<E> attempt, byte[] value, Predicate<String> known)
            throws RejectedEventException {
        try {
            return attempt.read();
        } catch (RejectedEventException e) {
            RejectedEventException first = of(value, known).rejection();
            throw first != null ? first : e;
        }
    }

    private static void readField(String name, JsonEvent json, Predicate<String> known, String[] type)
            throws IOException, RejectedEventException {
        if (name.equals("schema_version")) {
            requireKnownVersion(name, json);
        } else if (name.equals("event_type")) {
            type[0] = requireKnownType(name, json, known);
        }
    }
}
