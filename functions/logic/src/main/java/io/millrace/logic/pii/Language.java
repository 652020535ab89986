package io.millrace.logic.pii;

/** The languages whose words are known. */
enum Language {
    EN(WordKind.ENGLISH),
    FR(WordKind.FRENCH),
    ES(WordKind.SPANISH);

    private final WordKind words;

    Language(WordKind words) {
        this.words = words;
    }

    /** That of most of the small words; null when there are none, or as many of another. */
    static Language of(char[] text, int length) {
        int[] counts = new int[values().length];
        int i = 0;
        while (i < length) {
            int end = i;
            while (end < length && Chars.isLetter(text[end])) {
                end++;
            }
            int kinds = Lexicon.kinds(text, i, end);
            for (Language language : values()) {
                counts[language.ordinal()] += language.words.in(kinds) ? 1 : 0;
            }
            i = end + 1;
        }
        Language most = null;
        int count = 0;
        for (Language language : values()) {
            if (counts[language.ordinal()] > count) {
                most = language;
                count = counts[language.ordinal()];
            } else if (counts[language.ordinal()] == count) {
                most = null;
            }
        }
        return most;
    }
}
