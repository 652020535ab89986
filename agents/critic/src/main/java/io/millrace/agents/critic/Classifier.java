package io.millrace.agents.critic;

import io.millrace.agents.embeddings.Embeddings;
import io.millrace.agents.embeddings.Glosses;
import io.millrace.agents.language.Languages;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What was learnt from labelled texts: a softmax over {@link Features} of a text and the vector of its English glosses. How the
 * weights were made is in {@code Training}, beside the tests. A text is judged as a whole and sentence by sentence, so that an
 * order among harmless sentences is seen; the worst of them counts. Thread-safe.
 */
final class Classifier implements AutoCloseable {
    /** What one can be, in the order of the weights; the first is harmless. */
    static final List<CriticClass> CLASSES =
            List.of(CriticClass.PROMPT_INJECTION, CriticClass.JAILBREAK, CriticClass.PII_EXTRACTION, CriticClass.ABUSE);

    static final int OUTPUTS = CLASSES.size() + 1;

    /** Buckets of features, then the numbers of a vector. */
    static final int INPUTS = Features.BUCKETS + Embeddings.DIMENSIONS;

    /** How much a vector, of length one, weighs beside the features. */
    private static final float VECTOR = 3;

    private static final int WINDOWS = 64;
    private static final int WORDS_OF_A_WINDOW = 40;
    private static final int SHORTEST_WINDOW = 3;

    /** A classifier that is certain leaves room for a rule that names the reason. */
    private static final double MOST = 0.85;

    private static final double LEAST = 0.3;

    /** Probabilities of the classes of {@link #CLASSES}. */
    record Guess(double[] classes) {
        double attack() {
            double sum = 0;
            for (double one : classes) {
                sum += one;
            }
            return sum;
        }

        /** That it is an order to an assistant: what a document must not have. */
        double order() {
            return classes[0] + classes[1];
        }

        CriticClass likeliest() {
            int best = 0;
            for (int i = 1; i < classes.length; i++) {
                best = classes[i] > classes[best] ? i : best;
            }
            return CLASSES.get(best);
        }
    }

    /**
     * Weights in steps of a scale per output.
     *
     * @param digest of the texts and meanings they were learnt from
     */
    record Weights(String digest, float[] biases, float[] scales, byte[][] steps) {
        static Weights read(InputStream file) throws IOException {
            DataInputStream in = new DataInputStream(file);
            String digest = in.readUTF();
            float[] biases = new float[OUTPUTS];
            float[] scales = new float[OUTPUTS];
            byte[][] steps = new byte[OUTPUTS][INPUTS];
            for (int output = 0; output < OUTPUTS; output++) {
                biases[output] = in.readFloat();
                scales[output] = in.readFloat();
                in.readFully(steps[output]);
            }
            return new Weights(digest, biases, scales, steps);
        }

        Guess guess(Features.Vector vector) {
            double[] sums = new double[OUTPUTS];
            double most = Double.NEGATIVE_INFINITY;
            for (int output = 0; output < OUTPUTS; output++) {
                double sum = 0;
                for (int i = 0; i < vector.buckets().length; i++) {
                    sum += steps[output][vector.buckets()[i]] * vector.values()[i];
                }
                sums[output] = biases[output] + scales[output] * sum;
                most = Math.max(most, sums[output]);
            }
            return guess(sums, most);
        }

        private static Guess guess(double[] sums, double most) {
            double all = 0;
            for (int output = 0; output < OUTPUTS; output++) {
                sums[output] = Math.exp(sums[output] - most);
                all += sums[output];
            }
            double[] classes = new double[CLASSES.size()];
            for (int i = 0; i < classes.length; i++) {
                classes[i] = sums[i + 1] / all;
            }
            return new Guess(classes);
        }
    }

    private final Embeddings embeddings = new Embeddings();
    private final Features features;
    private final Weights weights;

    Classifier(Features features, Weights weights) {
        this.features = features;
        this.weights = weights;
    }

    static Weights shipped() {
        try (InputStream file = Classifier.class.getResourceAsStream("weights.bin")) {
            return Weights.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param refused from which probability on it is an attack */
    Optional<Finding> incoming(String reading, double refused) {
        Guess worst = worst(reading, Guess::attack);
        return finding(worst.likeliest(), worst.attack(), refused);
    }

    /** @param refused from which probability on a sentence of a document is an order to an assistant */
    Optional<Finding> retrieved(String reading, double refused) {
        return finding(
                CriticClass.INDIRECT_INJECTION, worst(reading, Guess::order).order(), refused);
    }

    private Guess worst(String reading, ToDoubleFunction<Guess> by) {
        String language = Languages.of(reading).language();
        return windows(reading).stream()
                .map(window -> weights.guess(inputs(window, language)))
                .max(Comparator.comparingDouble(by))
                .orElseThrow();
    }

    private static Optional<Finding> finding(CriticClass of, double likely, double refused) {
        double score = likely < refused
                ? Critic.REFUSED * likely / refused
                : Critic.REFUSED + (MOST - Critic.REFUSED) * (likely - refused) / (1 - refused);
        return score < LEAST ? Optional.empty() : Optional.of(new Finding(of, score, "classifier", "learnt"));
    }

    /** @param language null when it is not known */
    Features.Vector inputs(String folded, String language) {
        Features.Vector of = features.of(folded);
        float[] vector = embeddings.of(Glosses.english(folded, language));
        int own = of.buckets().length;
        int[] buckets = new int[own + vector.length];
        float[] values = new float[own + vector.length];
        System.arraycopy(of.buckets(), 0, buckets, 0, own);
        System.arraycopy(of.values(), 0, values, 0, own);
        for (int i = 0; i < vector.length; i++) {
            buckets[own + i] = Features.BUCKETS + i;
            values[own + i] = VECTOR * vector[i];
        }
        return new Features.Vector(buckets, values);
    }

    /** The beginning of the text, its sentences, and of a long one runs of words that overlap by half. */
    private static List<String> windows(String text) {
        List<String> windows = new ArrayList<>();
        List<String> sentences = sentences(text);
        if (sentences.size() != 1) {
            windows.add(text.substring(0, Math.min(text.length(), Embeddings.MAX_CHARACTERS)));
        }
        for (String sentence : sentences) {
            String[] words = sentence.split(" ");
            for (int start = 0; start < words.length && windows.size() < WINDOWS; start += WORDS_OF_A_WINDOW / 2) {
                int end = Math.min(words.length, start + WORDS_OF_A_WINDOW);
                windows.add(String.join(" ", List.of(words).subList(start, end)));
                if (end == words.length) {
                    break;
                }
            }
        }
        return windows;
    }

    /** A sentence of a word or two goes with the one before. */
    private static List<String> sentences(String text) {
        List<String> sentences = new ArrayList<>();
        int start = 0;
        int words = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean blank = text.charAt(i) == ' ';
            words += blank ? 1 : 0;
            if (blank && words >= SHORTEST_WINDOW && ".!?:;".indexOf(text.charAt(i - 1)) >= 0) {
                sentences.add(text.substring(start, i));
                start = i + 1;
                words = 0;
            }
        }
        if (start < text.length()) {
            boolean alone = sentences.isEmpty() || words >= SHORTEST_WINDOW - 1;
            String rest = text.substring(start);
            if (alone) {
                sentences.add(rest);
            } else {
                sentences.set(sentences.size() - 1, sentences.get(sentences.size() - 1) + " " + rest);
            }
        }
        return sentences;
    }

    @Override
    public void close() {
        embeddings.close();
    }
}
