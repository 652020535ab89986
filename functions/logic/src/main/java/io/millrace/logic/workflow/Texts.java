package io.millrace.logic.workflow;

/** Texts that go where others read them: no reader of JSON takes half of a surrogate pair. */
public final class Texts {
    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    /**
     * At most so many characters, of which the last says that there were more.
     *
     * @param text null gives null
     */
    public static String cut(String text, int length) {
        String whole = whole(text);
        if (whole == null || whole.length() <= length) {
            return whole;
        }
        boolean halved = Character.isHighSurrogate(whole.charAt(length - 2));
        return whole.substring(0, halved ? length - 2 : length - 1) + "…";
    }

    /** With a replacement character for each half of a surrogate pair: whoever made the text has cut it there. */
    private static String whole(String text) {
        if (text == null || isWhole(text)) {
            return text;
        }
        StringBuilder whole = new StringBuilder(text);
        for (int i = 0; i < whole.length(); i++) {
            if (isPair(whole, i)) {
                i++;
            } else if (Character.isSurrogate(whole.charAt(i))) {
                whole.setCharAt(i, REPLACEMENT);
            }
        }
        return whole.toString();
    }

    /** Whether it has no half of a surrogate pair. */
    public static boolean isWhole(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (isPair(text, i)) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPair(CharSequence text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    /** Whether it may stand for somebody: whoever reads ids takes no control characters. */
    static boolean isName(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }
}
