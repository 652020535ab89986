package io.millrace.agents.critic;

import static io.millrace.agents.embeddings.Embeddings.likeness;

import io.millrace.agents.embeddings.Embeddings;
import io.millrace.agents.language.Languages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Texts that mean much the same as one of {@code bank.tsv}. The bank has attacks and harmless texts that look like some: what is
 * nearer to a harmless one is harmless. Thread-safe.
 */
final class Neighbours implements AutoCloseable {
    /** The model is English: in other languages only what is nearly the same, word by word, is near. */
    private static final double STRANGE = 0.2;

    /** A bank whose nearest text is less like it than this has nothing to say. */
    static final double NEAR = 0.62;

    /** By so much an attack has to be nearer than what is harmless. */
    static final double MARGIN = 0.06;

    /** A rule that is certain names the reason. */
    private static final double MOST = 0.85;

    private static final int WINDOWS = 40;
    private static final int WORDS_OF_A_WINDOW = 40;

    private record Exemplar(String id, CriticClass of, float[] vector) {}

    private final Embeddings embeddings = new Embeddings();
    private final List<String> lines;
    private List<Exemplar> bank;

    /** @param lines language, class or {@code -}, text */
    Neighbours(List<String> lines) {
        this.lines = lines;
    }

    /** The nearest attack of the parts of the text; empty where something harmless is as near, or nothing is near. */
    Optional<Finding> nearest(String text) {
        double strange = "en".equals(Languages.of(text).language()) ? 0 : STRANGE;
        return windows(text).stream()
                .map(window -> nearest(embeddings.of(window), strange))
                .flatMap(Optional::stream)
                .max((one, other) -> Double.compare(one.score(), other.score()));
    }

    private Optional<Finding> nearest(float[] vector, double strange) {
        Exemplar attack = null;
        double nearest = -1;
        double harmless = -1;
        for (Exemplar exemplar : bank()) {
            double like = likeness(vector, exemplar.vector());
            if (exemplar.of() == null) {
                harmless = Math.max(harmless, like);
            } else if (like > nearest) {
                nearest = like;
                attack = exemplar;
            }
        }
        // At the bounds of both, 0.5; a hint up to 0.1 below.
        double score = 0.5 + (Math.min(nearest - NEAR, nearest - harmless - MARGIN) - strange) * 2;
        return attack == null || score < 0.3
                ? Optional.empty()
                : Optional.of(new Finding(attack.of(), Math.min(MOST, score), "neighbours", attack.id()));
    }

    private synchronized List<Exemplar> bank() {
        if (bank == null) {
            List<Exemplar> read = new ArrayList<>();
            for (String line : lines) {
                String[] fields = line.split("\t", -1);
                CriticClass of = fields[1].equals("-") ? null : CriticClass.of(fields[1]);
                read.add(new Exemplar("bank-" + (read.size() + 1), of, embeddings.of(Folding.fold(fields[2]))));
            }
            bank = List.copyOf(read);
        }
        return bank;
    }

    /** The whole of a short text; of a longer one runs of words that overlap by half. */
    private static List<String> windows(String text) {
        String[] words = text.split(" ");
        if (words.length <= WORDS_OF_A_WINDOW) {
            return List.of(text);
        }
        List<String> windows = new ArrayList<>();
        int step = WORDS_OF_A_WINDOW / 2;
        for (int start = 0; start < words.length && windows.size() < WINDOWS; start += step) {
            int end = Math.min(words.length, start + WORDS_OF_A_WINDOW);
            windows.add(String.join(" ", List.of(words).subList(start, end)));
        }
        return windows;
    }

    @Override
    public void close() {
        embeddings.close();
    }
}
