package io.millrace.connectors.agents.java;

import java.text.BreakIterator;
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

    private Extraction() {}

    /** @param limit how many sentences it may have at most */
    static String summary(String text, int limit) {
        List<String> sentences = sentences(text);
        Map<String, Integer> frequencies = new HashMap<>();
        sentences.forEach(sentence -> words(sentence).forEach(word -> frequencies.merge(word, 1, Integer::sum)));
        Comparator<Integer> tellingFirst =
                Comparator.comparingDouble((Integer at) -> -weight(sentences.get(at), frequencies));
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

    private static List<String> sentences(String text) {
        BreakIterator ends = BreakIterator.getSentenceInstance(Locale.ROOT);
        ends.setText(text);
        List<String> sentences = new ArrayList<>();
        int start = ends.first();
        for (int end = ends.next(); end != BreakIterator.DONE; start = end, end = ends.next()) {
            String sentence = text.substring(start, end).strip();
            if (!sentence.isEmpty()) {
                sentences.add(sentence.replaceAll("\\s+", " "));
            }
        }
        return sentences;
    }
}
