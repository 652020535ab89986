package io.millrace.logic.pii;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * Writes a text as detectors read it. What looks alike becomes one character: digits of all scripts, full-width and
 * mathematical letters, spaces, dashes, quotes; so do {@code @} as {@code %40} and characters by their number, as JSON
 * writes them. What is not seen at all, such as a zero-width space, is left out.
 */
final class Folding {
    private static final int LEFT_OUT = -1;
    private static final int FULL_WIDTH = 0xFEE0;

    private final String original;
    private final char[] folded;
    private final int[] origins;
    private int length;

    private Folding(String original) {
        this.original = original;
        folded = new char[original.length()];
        origins = new int[original.length() + 1];
    }

    static Text of(String original) {
        int first = firstToFold(original);
        return first == original.length() ? new Text(original, null) : new Folding(original).from(first);
    }

    /** Most characters, that are neither folded nor begin an escape. */
    private static boolean isPlain(char c) {
        return c < 0x80 ? c != '%' && c != '\\' : c >= 0xC0 && c < 0x300;
    }

    private static int firstToFold(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isPlain(c) && (c < 0x80 ? escaped(text, i) >= 0 : Character.isSurrogate(c) || fold(c) != c)) {
                return i;
            }
        }
        return text.length();
    }

    private Text from(int first) {
        for (int i = 0; i < first; i++) {
            append(original.charAt(i), i);
        }
        int i = first;
        while (i < original.length()) {
            char c = original.charAt(i);
            if (isPlain(c)) {
                append(c, i++);
                continue;
            }
            int escaped = escaped(original, i);
            int code = escaped >= 0 ? escaped : original.codePointAt(i);
            int width = escaped < 0 ? Character.charCount(code) : original.charAt(i) == '%' ? 3 : 6;
            int fold = fold(code);
            if (fold != LEFT_OUT && Character.charCount(fold) == 1) {
                append((char) fold, i);
            } else if (fold != LEFT_OUT) {
                append(Character.highSurrogate(fold), i);
                append(Character.lowSurrogate(fold), i + 1);
            }
            i += width;
        }
        origins[length] = original.length();
        return new Text(new String(folded, 0, length), Arrays.copyOf(origins, length + 1));
    }

    private void append(char c, int origin) {
        folded[length] = c;
        origins[length++] = origin;
    }

    /** The character that an escape stands for; negative when none begins there. */
    private static int escaped(String text, int at) {
        if (text.charAt(at) == '%') {
            return text.startsWith("40", at + 1) ? '@' : -1;
        }
        if (text.charAt(at) != '\\' || !text.startsWith("u", at + 1) || at + 6 > text.length()) {
            return -1;
        }
        int code = 0;
        for (int i = at + 2; i < at + 6; i++) {
            if (!Chars.isHex(text.charAt(i))) {
                return -1;
            }
            code = code << 4 | Character.digit(text.charAt(i), 16);
        }
        return code;
    }

    private static int fold(int code) {
        if (code < 0x80) {
            return code;
        }
        if (Character.isDigit(code)) {
            return '0' + Character.digit(code, 10);
        }
        if (code > 0xFF00 && code < 0xFF5F) {
            return code - FULL_WIDTH;
        }
        if (code >= 0x1D400 && code < 0x1D7CE) {
            return Normalizer.normalize(Character.toString(code), Normalizer.Form.NFKC)
                    .codePointAt(0);
        }
        return switch (code) {
            case 0x2018, 0x2019, 0x02BC -> '\'';
            case 0x201C, 0x201D, 0xAB, 0xBB -> '"';
            case 0x2212 -> '-';
            case 0x3002, 0xFF61, 0x2024, 0xFE52 -> '.';
            case 0xFE6B -> '@';
            case 0x034F, 0xFE0E, 0xFE0F -> LEFT_OUT;
            default -> byCategory(code);
        };
    }

    private static int byCategory(int code) {
        return switch (Character.getType(code)) {
            case Character.FORMAT -> LEFT_OUT;
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> '\n';
            case Character.DASH_PUNCTUATION -> '-';
            default -> code;
        };
    }
}
