package io.millrace.connectors.agents.java;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Summaries from a text's own sentences: those whose words are the most frequent of the text (H. P. Luhn, <i>The
 * Automatic Creation of Literature Abstracts</i>, 1958), in the text's order. The same text always has the same
 * summary.
 */
final class Extraction {
    /** Shorter words, such as articles, say little in most languages. */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{4,}");

    private static final Pattern SPACES = Pattern.compile("\\s+");

    private static final String END = ".!?…";
    private static final String END_AT_ONCE = "。！？";
    private static final String CLOSING = ")]}\"'”’»";

    private Extraction() {}

    /** @param limit how many sentences it may have at most */
    static String summary(String text, int limit) {
        List<String> sentences = sentences(text);
        Map<String, Integer> frequencies = new HashMap<>();
        sentences.forEach(sentence -> words(sentence).forEach(word -> frequencies.merge(word, 1, Integer::sum)));
        double[] weights = sentences.stream()
                .mapToDouble(sentence -> weight(sentence, frequencies))
                .toArray();
        Comparator<Integer> tellingFirst = Comparator.comparingDouble((Integer at) -> -weights[at]);
        return IntStream.range(0, sentences.size())
                .boxed()
                .sorted(tellingFirst.thenComparing(Comparator.naturalOrder()))
                .limit(limit)
                .sorted()
                .map(sentences::get)
                .collect(Collectors.joining(" "));
    }

    private static double weight(String sentence, Map<String, Integer> frequencies) {
        return words(sentence).stream().mapToInt(frequencies::get).average().orElse(0);
    }

    private static List<String> words(String sentence) {
        return WORD.matcher(sentence)
                .results()
                .map(MatchResult::group)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }

    /**
     * One look at each character: a sentence ends behind a full stop, a question or exclamation mark, with what closes
     * there, before a space; behind those of East Asian scripts at once; and at an empty line. (The JDK's iterator looks
     * ahead at each such place, to the end of the text at worst.)
     */
    private static List<String> sentences(String text) {
        List<String> sentences = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < text.length(); ) {
            char c = text.charAt(at++);
            if (END.indexOf(c) >= 0) {
                while (at < text.length() && (END + CLOSING).indexOf(text.charAt(at)) >= 0) {
                    at++;
                }
                if (at == text.length() || Character.isWhitespace(text.charAt(at))) {
                    start = add(sentences, text, start, at);
                }
            } else if (END_AT_ONCE.indexOf(c) >= 0 || c == '\n' && at < text.length() && text.charAt(at) == '\n') {
                start = add(sentences, text, start, at);
            }
        }
        add(sentences, text, start, text.length());
        return sentences;
    }

    private static int add(List<String> sentences, String text, int start, int end) {
        String sentence = text.substring(start, end).strip();
        if (!sentence.isEmpty()) {
            sentences.add(SPACES.matcher(sentence).replaceAll(" "));
        }
        return end;
    }
}
