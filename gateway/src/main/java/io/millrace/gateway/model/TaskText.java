package io.millrace.gateway.model;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The text of tasks, as it is searched and sorted. */
final class TaskText {
    /** Of what is typed, so many words are looked for. */
    static final int MAX_WORDS = 16;

    private static final int SORTED_CHARS = 64;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private TaskText() {}

    /** Without marks and case, so that a list is sorted as people expect. */
    static String sortable(String title) {
        return folded(title.length() <= SORTED_CHARS ? title : title.substring(0, SORTED_CHARS));
    }

    private static String folded(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text.toLowerCase(Locale.ROOT);
        }
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }

    /**
     * The words of a task, each once and between spaces, so that one is found as {@code " word "} and what begins with one
     * as {@code " wor"}.
     *
     * @param description null when there is none
     */
    static String words(String title, String description) {
        Set<String> words = new LinkedHashSet<>(words(title, Integer.MAX_VALUE));
        if (description != null) {
            words.addAll(words(description, Integer.MAX_VALUE));
        }
        return words.isEmpty() ? "" : " " + String.join(" ", words) + " ";
    }

    /**
     * What has to be in the {@link #words(String, String)} of a task that is looked for: all words of {@code typed}, the
     * last one as the beginning of a word. Empty when there is no word in it.
     */
    static List<String> sought(String typed) {
        List<String> sought = new ArrayList<>();
        for (String word : words(typed, MAX_WORDS)) {
            sought.add(" " + word + " ");
        }
        if (!sought.isEmpty()) {
            sought.add(sought.remove(sought.size() - 1).stripTrailing());
        }
        return sought;
    }

    /** Its letters and digits; what is between them does not count. */
    private static List<String> words(String text, int most) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        String folded = folded(text);
        for (int i = 0; i < folded.length() && words.size() < most; ) {
            int c = folded.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isLetterOrDigit(c)) {
                word.appendCodePoint(c);
            } else {
                take(word, words);
            }
        }
        if (words.size() < most) {
            take(word, words);
        }
        return words;
    }

    private static void take(StringBuilder word, List<String> words) {
        if (word.length() > 0) {
            words.add(word.toString());
        }
        word.setLength(0);
    }
}
