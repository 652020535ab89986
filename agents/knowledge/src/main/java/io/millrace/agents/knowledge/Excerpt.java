package io.millrace.agents.knowledge;

import io.millrace.agents.embeddings.Embeddings;
import io.millrace.connectors.agents.java.AgentInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The sentences of what was found that say most about a question: those that mean much the same, have its words, the rare ones before
 * the common ones, and tell what is sought: a time where it asks how long. They are taken as they stand, in the text's order.
 */
final class Excerpt {
    /** Of a hit so many are compared. */
    private static final int LOOKED_AT = 40;

    private static final int MOST = 3;
    private static final int MOST_CHARACTERS = 700;
    private static final int WORDS = 64;
    /** Other sentences than the best one are taken when they have at least so much of its weight. */
    private static final double SHARE = 0.7;
    /** What a word in the title or the heading counts beside one in the sentence. */
    private static final double OF_HEADING = 0.5;

    private final BiFunction<String, String, float[]> vectors;

    /** @param vectors of a text in a language */
    Excerpt(BiFunction<String, String, float[]> vectors) {
        this.vectors = vectors;
    }

    /**
     * A sentence of a hit.
     *
     * @param told whether it tells what is sought; true where nothing is known of that
     */
    record Weighed(Hit hit, int at, String sentence, double weight, boolean told) {}

    private record Candidate(Hit hit, int at, String sentence, Set<String> words, Set<String> heading) {}

    /** All sentences of these hits, those that say most first. */
    List<Weighed> weighed(String question, List<Hit> hits) {
        List<Candidate> candidates = new ArrayList<>();
        for (Hit hit : hits) {
            Words words = Words.of(hit.language());
            Set<String> heading = words.ofText(hit.title() + " " + (hit.section() == null ? "" : hit.section()), WORDS);
            List<String> sentences = Sentences.of(hit.text());
            for (int at = 0; at < Math.min(sentences.size(), LOOKED_AT); at++) {
                String sentence = sentences.get(at);
                candidates.add(new Candidate(hit, at, sentence, words.ofText(sentence, 4 * WORDS), heading));
            }
        }
        Map<String, Double> rarity = rarity(candidates);
        Sought sought = Sought.of(question);
        double best = hits.stream().mapToDouble(Hit::score).max().orElse(1);
        // A vector takes longer than all else.
        Map<String, float[]> asking = new HashMap<>();
        Map<String, Set<String>> askedWith = new HashMap<>();
        List<Weighed> weighed = new ArrayList<>();
        for (Candidate one : candidates) {
            Hit hit = one.hit();
            Set<String> asked = askedWith.computeIfAbsent(
                    hit.language(), language -> Words.of(language).ofQuestion(question, WORDS));
            double likeness = Embeddings.likeness(
                    asking.computeIfAbsent(hit.language(), language -> vectors.apply(question, language)),
                    vectors.apply(one.sentence(), hit.language()));
            boolean told = sought.isTold(one.sentence());
            double weight = Scores.sentence(Math.max(0, likeness), shared(one, asked, rarity))
                    + (sought != Sought.ANYTHING && told ? Scores.TOLD : 0)
                    + Scores.OF_HIT * (best <= 0 ? 0 : hit.score() / best);
            // That a sentence names a place can't be told well enough to doubt the others.
            weighed.add(new Weighed(hit, one.at(), one.sentence(), weight, told || sought == Sought.PLACE));
        }
        weighed.sort(Comparator.comparingDouble(Weighed::weight).reversed());
        return weighed;
    }

    /** What of one hit is told: its best sentence and those that are nearly as good. */
    static List<String> of(Hit hit, List<Weighed> weighed) {
        List<Weighed> chosen = new ArrayList<>();
        int characters = 0;
        for (Weighed one : weighed) {
            if (one.hit() != hit) {
                continue;
            }
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

    /** As BM25 has it: what few sentences say tells more. */
    private static Map<String, Double> rarity(List<Candidate> candidates) {
        Map<String, Integer> said = new HashMap<>();
        candidates.forEach(one -> one.words().forEach(word -> said.merge(word, 1, Integer::sum)));
        Map<String, Double> rarity = new HashMap<>();
        said.forEach((word, in) -> rarity.put(word, Math.log(1 + (candidates.size() - in + 0.5) / (in + 0.5))));
        return rarity;
    }

    /** How much of what is asked the sentence, or what it stands below, has words for. */
    private static double shared(Candidate one, Set<String> asked, Map<String, Double> rarity) {
        double usual = Math.log(2);
        double all = 0;
        double has = 0;
        for (String word : asked) {
            double counts = rarity.getOrDefault(word, usual);
            all += counts;
            has += one.words().contains(word) ? counts : one.heading().contains(word) ? OF_HEADING * counts : 0;
        }
        return all == 0 ? 0 : has / all;
    }
}
