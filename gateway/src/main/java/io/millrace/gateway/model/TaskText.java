package io.millrace.gateway.model;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text of tasks, as it is searched and sorted. */
final class TaskText {
    /** Of what is typed, so many words are looked for. */
    static final int MAX_WORDS = 16;

    private static final int SORTED_CHARS = 64;

    private TaskText() {}

    /** Without marks and case, so that a list is sorted as people expect. */
    static String sortable(String title) {
        String beginning = title.length() <= SORTED_CHARS ? title : title.substring(0, SORTED_CHARS);
        if (isPlain(beginning)) {
            return beginning.toLowerCase(Locale.ROOT);
        }
        return Normalizer.normalize(beginning, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** By which is seen that a text is another one; never 0. */
    static long hash(String title, String description) {
        long hash = 1_125_899_906_842_597L;
        for (int i = 0; i < title.length(); i++) {
            hash = 31 * hash + title.charAt(i);
        }
        hash = 31 * hash + Character.MAX_VALUE;
        for (int i = 0; i < description.length(); i++) {
            hash = 31 * hash + description.charAt(i);
        }
        return hash == 0 ? 1 : hash;
    }

    /** The word by which the index knows whose a text is. It has a column of its own, where no text of a person comes. */
    static String ownerWord(long owner) {
        return "o" + owner;
    }

    /**
     * The expression that finds the texts of a person in which all words of {@code typed} are, the last one as the
     * beginning of a word. Words are quoted, so that nothing in them is an operator.
     *
     * @return null when there is no word in it
     */
    static String match(long owner, String typed) {
        List<String> words = words(typed);
        if (words.isEmpty()) {
            return null;
        }
        StringBuilder text =
                new StringBuilder("owner : \"").append(ownerWord(owner)).append("\" AND {title description} : (");
        for (int i = 0; i < words.size(); i++) {
            text.append(i == 0 ? "\"" : " AND \"").append(words.get(i)).append('"');
        }
        return text.append(" *)").toString();
    }

    /** Its letters and digits; what is between them does not count. */
    private static List<String> words(String typed) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        typed.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK) {
                word.appendCodePoint(c);
            } else {
                take(word, words);
            }
        });
        take(word, words);
        return words;
    }

    private static void take(StringBuilder word, List<String> words) {
        if (word.length() > 0 && words.size() < MAX_WORDS) {
            words.add(word.toString());
        }
        word.setLength(0);
    }
}
