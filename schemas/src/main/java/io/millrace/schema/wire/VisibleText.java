package io.millrace.schema.wire;

/**
 * Text of others where people read it: characters that a terminal would obey, or that would begin a line of their own
 * in a log, are written as JSON escapes them. In JSON without line breaks they stand only in strings, so that it stays
 * the same JSON.
 */
public final class VisibleText {

    private VisibleText() {}

    /** The text with control characters, and those that change its direction, as escapes of JSON; null for null. */
    public static String of(String text) {
        if (text == null || text.chars().noneMatch(VisibleText::isHidden)) {
            return text;
        }
        StringBuilder visible = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            if (isHidden(c)) {
                visible.append("\\u%04x".formatted(c));
            } else {
                visible.append((char) c);
            }
        });
        return visible.toString();
    }

    private static boolean isHidden(int c) {
        return Character.isISOControl(c)
                || c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || c >= 0x2028 && c <= 0x202E
                || c >= 0x2066 && c <= 0x2069
                || c == 0xFEFF;
    }
}
