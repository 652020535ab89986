package io.millrace.logic.pii;

import java.util.List;

/** The languages whose words are known. */
enum Language {
    EN(WordKind.ENGLISH),
    FR(WordKind.FRENCH),
    ES(WordKind.SPANISH);

    /** So many characters are enough to tell. */
    private static final int TOLD_IN = 16_384;

    private static final Language[] LANGUAGES = values();

    private final WordKind words;

    Language(WordKind words) {
        this.words = words;
    }

    /**
     * That of most of the small words.
     *
     * @param found what is left out: it counts for nothing, as the tokens don't that come in its place
     * @return null when there are none, or as many of another
     */
    static Language of(char[] text, List<PiiSpan> found) {
        int[] counts = new int[LANGUAGES.length];
        int start = 0;
        int left = TOLD_IN;
        for (PiiSpan span : found) {
            left -= count(text, start, Math.min(span.start(), start + left), counts);
            start = span.end();
        }
        count(text, start, Math.min(text.length, start + left), counts);
        return most(counts);
    }

    private static int count(char[] text, int start, int end, int[] counts) {
        int i = start;
        while (i < end) {
            int last = i;
            while (last < end && Chars.isLetter(text[last])) {
                last++;
            }
            int kinds = Lexicon.kinds(text, i, last);
            for (Language language : LANGUAGES) {
                counts[language.ordinal()] += language.words.in(kinds) ? 1 : 0;
            }
            i = last + 1;
        }
        return Math.max(0, end - start);
    }

    private static Language most(int[] counts) {
        Language most = null;
        int count = 0;
        for (Language language : LANGUAGES) {
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
