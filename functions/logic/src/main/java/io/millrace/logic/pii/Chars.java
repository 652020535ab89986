package io.millrace.logic.pii;

import java.text.Normalizer;

/** What characters are, after {@link Folding}: digits are those of ASCII. */
final class Chars {
    /** Beyond, letters have no base letter that names are written with. */
    private static final int WITH_BASE = 0x1F00;

    private static final char[] BASES = new char[WITH_BASE];
    /** The same of letters, and zero of whatever is none. */
    private static final char[] LETTERS = new char[WITH_BASE];

    static {
        for (char c = 0; c < WITH_BASE; c++) {
            String parts = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD);
            BASES[c] = Character.toLowerCase(parts.charAt(0));
            LETTERS[c] = Character.isLetter(c) ? BASES[c] : isMark(c) ? c : 0;
        }
    }

    private Chars() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isHex(char c) {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    static boolean isAsciiLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    static boolean isLetter(char c) {
        return c < WITH_BASE ? LETTERS[c] != 0 : Character.isLetter(c);
    }

    /** A letter without case and accent; zero of whatever is none. */
    static char letter(char c) {
        return c < WITH_BASE ? LETTERS[c] : isLetter(c) ? Character.toLowerCase(c) : 0;
    }

    /** An accent of its own, which belongs to the letter before it. */
    static boolean isMark(char c) {
        return c >= 0x300 && c <= 0x36F;
    }

    static boolean isUpper(char c) {
        return c < 0x80 ? c >= 'A' && c <= 'Z' : Character.isUpperCase(c);
    }

    static boolean isLetterOrDigit(char c) {
        return isDigit(c) || isLetter(c);
    }

    /** What a number or a name can't touch: it would be a part of something longer. */
    static boolean isWord(char c) {
        return isLetterOrDigit(c) || c == '_';
    }

    /** What keys, tokens and identifiers are written with. */
    static boolean isKey(char c) {
        return isDigit(c) || isAsciiLetter(c) || c == '_' || c == '-';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** The letter without case and accent. */
    static char base(char c) {
        return c < WITH_BASE ? BASES[c] : Character.toLowerCase(c);
    }

    /** Letters and digits alone, without case and accents, and what {@code others} names. */
    static String bases(String text, String others) {
        StringBuilder bases = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isLetterOrDigit(c) && !isMark(c) || others.indexOf(c) >= 0) {
                bases.append(base(c));
            }
        }
        return bases.toString();
    }
}
