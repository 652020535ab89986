package io.millrace.schema.wire;

import java.util.UUID;

/** UUIDs in their standard text form, 8-4-4-4-12 hexadecimal digits (RFC 9562 §4). */
public final class Uuids {
    private static final int LENGTH = 36;

    private Uuids() {}

    /** The UUID, or null when the text is not in the standard form. {@link UUID#fromString} takes more than that. */
    public static UUID parse(String text) {
        if (text.length() != LENGTH) {
            return null;
        }
        for (int i = 0; i < LENGTH; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            char c = text.charAt(i);
            if (dash ? c != '-' : !isHexadecimal(c)) {
                return null;
            }
        }
        return UUID.fromString(text);
    }

    private static boolean isHexadecimal(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }
}
