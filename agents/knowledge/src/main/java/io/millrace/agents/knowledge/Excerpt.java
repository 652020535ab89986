package io.millrace.agents.knowledge;

import io.millrace.agents.embeddings.Embeddings;
import io.millrace.connectors.agents.java.AgentInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The sentences of a hit that say most about a question: those that mean much the same, and have its words. They are
 * taken as they stand, in the text's order.
 */
final class Excerpt {
    /** Of a hit so many are compared. */
    private static final int LOOKED_AT = 40;

    private static final int MOST = 3;
    private static final int MOST_CHARACTERS = 700;
    private static final int WORDS = 64;
    /** Other sentences than the best one are taken when they have at least so much of its weight. */
    private static final double SHARE = 0.6;

    private final Function<String, float[]> vectors;

    Excerpt(Function<String, float[]> vectors) {
        this.vectors = vectors;
    }

    private record Weighed(int at, String sentence, double weight) {}

    /** Empty when the hit has no sentence. */
    List<String> of(String question, Hit hit) {
        List<String> sentences = Sentences.of(hit.text());
        Words words = Words.of(hit.language());
        Set<String> asked = words.ofQuestion(question, WORDS);
        float[] meaning = vectors.apply(question);
        List<Weighed> weighed = new ArrayList<>();
        for (int at = 0; at < Math.min(sentences.size(), LOOKED_AT); at++) {
            String sentence = sentences.get(at);
            double likeness = Math.max(0, Embeddings.likeness(meaning, vectors.apply(sentence)));
            weighed.add(new Weighed(
                    at, sentence, Scores.sentence(hit.language(), likeness, shared(words, sentence, asked))));
        }
        weighed.sort(Comparator.comparingDouble(Weighed::weight).reversed().thenComparing(Weighed::at));
        List<Weighed> chosen = new ArrayList<>();
        int characters = 0;
        for (Weighed one : weighed) {
            boolean first = chosen.isEmpty();
            if (chosen.size() == MOST
                    || !first && one.weight() < SHARE * chosen.get(0).weight()) {
                break;
            }
            if (first || characters + one.sentence().length() <= MOST_CHARACTERS) {
                chosen.add(one);
                characters += one.sentence().length();
            }
        }
        return chosen.stream()
                .sorted(Comparator.comparing(Weighed::at))
                .map(one -> AgentInput.cut(one.sentence(), MOST_CHARACTERS))
                .toList();
    }

    /** How much of what is asked the sentence has words for. */
    private static double shared(Words words, String sentence, Set<String> asked) {
        if (asked.isEmpty()) {
            return 0;
        }
        Set<String> said = new HashSet<>(words.ofText(sentence, 4 * WORDS));
        said.retainAll(asked);
        return (double) said.size() / asked.size();
    }
}
