package io.millrace.schema.rollout;

import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;

/** Names that become parts of keys. */
public final class Names {
    public static final int MAX = 100;

    private Names() {}

    /** @throws IllegalArgumentException when the name has a control character; null is none */
    static void require(String field, String name) {
        if (name != null && hasControls(name)) {
            throw new IllegalArgumentException(field + ": must not contain control characters");
        }
    }

    /** Whether it can be one, of a flag or of a variant; null can't. */
    public static boolean isOne(String name) {
        return name != null
                && !name.isEmpty()
                && name.length() <= MAX
                && !hasControls(name)
                // Halves of pairs are no text.
                && name.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    public static boolean hasControls(String name) {
        return name.chars().anyMatch(Character::isISOControl);
    }

    /** The key of a record as text; null when there is none. */
    public static String key(SourceRecord source) {
        return source.key() == null ? null : new String(source.key(), StandardCharsets.UTF_8);
    }
}
