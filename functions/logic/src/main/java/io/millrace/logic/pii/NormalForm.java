package io.millrace.logic.pii;

import java.util.Locale;

/** What all ways to write one thing have in common, so that they become one token. */
final class NormalForm {
    private NormalForm() {}

    /**
     * @param value folded
     * @param language of the text it stands in; may be null
     */
    static String of(PiiType type, String value, Language language) {
        String trimmed = value.strip();
        return switch (type) {
            case EMAIL -> trimmed.toLowerCase(Locale.ROOT);
            case PHONE -> PhoneDetector.normal(trimmed, language);
            case CARD, IBAN, MAC, NATIONAL_ID, ORDER_ID -> Chars.bases(trimmed, "");
            case IP -> host(trimmed.toLowerCase(Locale.ROOT));
            case ADDRESS, PERSON -> words(trimmed);
            case URL, SECRET -> trimmed;
        };
    }

    private static String host(String address) {
        int zone = address.indexOf('%');
        String groups = address.indexOf(':') < 0 || !isV6(address)
                ? null
                : V6.groups(zone < 0 ? address : address.substring(0, zone));
        return groups == null ? address : groups;
    }

    private static boolean isV6(String address) {
        return address.indexOf('.') < 0
                && address.chars().allMatch(c -> c == ':' || c == '%' || Chars.isLetterOrDigit((char) c));
    }

    /** Words without case, accents and signs, a blank between two. */
    private static String words(String text) {
        StringBuilder words = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Chars.isLetterOrDigit(c) || Character.isSurrogate(c)) {
                if (!Chars.isMark(c)) {
                    words.append(Chars.base(c));
                }
            } else if (words.length() > 0 && words.charAt(words.length() - 1) != ' ') {
                words.append(' ');
            }
        }
        return words.toString().stripTrailing();
    }
}
