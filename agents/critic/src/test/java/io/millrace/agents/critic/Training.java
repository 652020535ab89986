package io.millrace.agents.critic;

import io.millrace.agents.critic.Classifier.Weights;
import io.millrace.agents.embeddings.Glosses;
import io.millrace.connectors.agents.java.AgentResource;
import io.millrace.testing.DocumentedTable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Makes {@code weights.bin} from the labelled texts: multinomial logistic regression by Adagrad (Duchi et al., 2011), in an order
 * that a seed gives. The same texts give the same weights on the same kind of processor; on another one vectors may differ in
 * their last digits.
 */
final class Training {
    private static final List<String> FILES = List.of(
            "training-attacks.tsv",
            "training-ordinary.tsv",
            "training-documents.tsv",
            "in.tsv",
            "bank.tsv",
            "planted.tsv");
    private static final List<String> LANGUAGES = List.of("en", "fr", "es");
    private static final int ROUNDS = 15;
    private static final double RATE = 0.1;
    private static final double SHRINK = 1e-5;
    private static final double TINY = 1e-6;
    /** Sentences of documents are no messages: they count less. */
    private static final double OF_DOCUMENTS = 0.5;

    private static final int SHORTEST_SENTENCE = 16;

    /**
     * @param group of texts that say the same: cross-validation has all of them in one fold
     * @param output 0 for harmless, else one more than the place in {@link Classifier#CLASSES}
     */
    record Labelled(int group, String language, int output, String text, double weight) {
        boolean harmless() {
            return output == 0;
        }
    }

    private Training() {}

    /** Writes the file; it counts from the next build on. */
    static void learn() throws IOException {
        try (Classifier classifier = new Classifier(features(), null)) {
            List<Labelled> texts = texts();
            Weights weights = train(texts, vectors(classifier, texts));
            Path file = root().resolve("agents/critic/src/main/resources/io/millrace/agents/critic/weights.bin");
            try (OutputStream out = Files.newOutputStream(file)) {
                write(weights, out);
            }
        }
    }

    private static Path root() {
        return DocumentedTable.of("docs/critic.md", "in").document().getParent().getParent();
    }

    static Features features() {
        return new Features(new Meanings(AgentResource.lines(Critic.class, "meanings.tsv")));
    }

    static List<Features.Vector> vectors(Classifier classifier, List<Labelled> texts) {
        return texts.stream()
                .map(one -> classifier.inputs(Folding.readings(one.text()).get(0), one.language()))
                .toList();
    }

    static List<Labelled> texts() {
        List<Labelled> texts = new ArrayList<>();
        int group = 0;
        for (String[] fields : lines("training-attacks.tsv")) {
            group++;
            for (int i = 0; i < LANGUAGES.size(); i++) {
                texts.add(new Labelled(group, LANGUAGES.get(i), output(fields[0]), fields[i + 1], 1));
            }
        }
        for (String file : List.of("training-ordinary.tsv", "training-documents.tsv")) {
            for (String[] fields : lines(file)) {
                group++;
                for (int i = 0; i < LANGUAGES.size(); i++) {
                    texts.add(new Labelled(group, LANGUAGES.get(i), 0, fields[i], 1));
                }
            }
        }
        for (String file : List.of("in.tsv", "bank.tsv")) {
            for (String[] fields : lines(file)) {
                texts.add(new Labelled(++group, fields[0], output(fields[1]), fields[2], 1));
            }
        }
        for (String[] fields : lines("planted.tsv")) {
            texts.add(new Labelled(++group, fields[0], output("indirect_injection"), fields[1], 1));
        }
        for (Path document : documents()) {
            ofDocument(read(document), ++group, texts);
        }
        return texts;
    }

    private static int output(String label) {
        if (label.equals("-")) {
            return 0;
        }
        // What is hidden in a document is an order as well; where it stood is not for the words to say.
        String known = label.equals("indirect_injection") ? "prompt_injection" : label;
        return 1 + Classifier.CLASSES.indexOf(CriticClass.of(known));
    }

    /** The questions of a document, which customers ask, and its sentences. */
    private static void ofDocument(String text, int group, List<Labelled> into) {
        String[] parts = text.split("(?m)^---$", 3);
        String language = "en";
        for (String line : parts[1].split("\n")) {
            if (line.startsWith("language:")) {
                language = line.substring("language:".length()).strip().substring(0, 2);
            } else if (line.strip().startsWith("- \"")) {
                String question = line.strip();
                into.add(new Labelled(group, language, 0, question.substring(3, question.length() - 1), 1));
            }
        }
        for (String line : parts[2].split("\n")) {
            for (String sentence : line.startsWith("#") ? new String[0] : line.split("(?<=[.!?]) ")) {
                if (sentence.length() >= SHORTEST_SENTENCE) {
                    into.add(new Labelled(group, language, 0, sentence, OF_DOCUMENTS));
                }
            }
        }
    }

    private static List<Path> documents() {
        try (Stream<Path> files = Files.walk(root().resolve("docs/examples/knowledge"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String[]> lines(String name) {
        try (InputStream file = Training.class.getResourceAsStream("/critic/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of all that weights are learnt from, meanings and glosses included, so that a test can say that they are not of these texts. */
    static String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String name : FILES) {
                lines(name)
                        .forEach(line -> digest.update(String.join("\t", line).getBytes(StandardCharsets.UTF_8)));
            }
            Stream.concat(
                            AgentResource.lines(Critic.class, "meanings.tsv").stream(),
                            AgentResource.lines(Glosses.class, "glosses.tsv").stream())
                    .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Weights train(List<Labelled> texts, List<Features.Vector> vectors) {
        float[][] weights = new float[Classifier.OUTPUTS][Classifier.INPUTS];
        float[][] seen = new float[Classifier.OUTPUTS][Classifier.INPUTS];
        float[] biases = new float[Classifier.OUTPUTS];
        float[] seenOfBiases = new float[Classifier.OUTPUTS];
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            order.add(i);
        }
        Random random = new Random(7);
        for (int round = 0; round < ROUNDS; round++) {
            Collections.shuffle(order, random);
            for (int at : order) {
                Features.Vector vector = vectors.get(at);
                double[] likely = likely(weights, biases, vector);
                for (int output = 0; output < Classifier.OUTPUTS; output++) {
                    double wrong = likely[output] - (output == texts.get(at).output() ? 1 : 0);
                    double error = wrong * texts.get(at).weight();
                    seenOfBiases[output] += (float) (error * error);
                    biases[output] -= (float) (RATE / 5 * error / Math.sqrt(seenOfBiases[output] + TINY));
                    step(weights[output], seen[output], vector, error);
                }
            }
        }
        return quantised(weights, biases);
    }

    private static void step(float[] weights, float[] seen, Features.Vector vector, double error) {
        for (int i = 0; i < vector.buckets().length; i++) {
            int bucket = vector.buckets()[i];
            double slope = error * vector.values()[i] + SHRINK * weights[bucket];
            seen[bucket] += (float) (slope * slope);
            weights[bucket] -= (float) (RATE * slope / Math.sqrt(seen[bucket] + TINY));
        }
    }

    private static double[] likely(float[][] weights, float[] biases, Features.Vector vector) {
        double[] likely = new double[Classifier.OUTPUTS];
        double all = 0;
        for (int output = 0; output < likely.length; output++) {
            double sum = biases[output];
            for (int i = 0; i < vector.buckets().length; i++) {
                sum += weights[output][vector.buckets()[i]] * vector.values()[i];
            }
            likely[output] = Math.exp(sum);
            all += likely[output];
        }
        for (int output = 0; output < likely.length; output++) {
            likely[output] /= all;
        }
        return likely;
    }

    private static Weights quantised(float[][] weights, float[] biases) {
        float[] scales = new float[Classifier.OUTPUTS];
        byte[][] steps = new byte[Classifier.OUTPUTS][Classifier.INPUTS];
        for (int output = 0; output < Classifier.OUTPUTS; output++) {
            float largest = 0;
            for (float weight : weights[output]) {
                largest = Math.max(largest, Math.abs(weight));
            }
            scales[output] = largest / Byte.MAX_VALUE;
            for (int input = 0; input < Classifier.INPUTS; input++) {
                steps[output][input] = (byte) Math.round(weights[output][input] / scales[output]);
            }
        }
        return new Weights(digest(), Arrays.copyOf(biases, biases.length), scales, steps);
    }

    private static void write(Weights weights, OutputStream file) throws IOException {
        DataOutputStream out = new DataOutputStream(file);
        out.writeUTF(weights.digest());
        for (int output = 0; output < Classifier.OUTPUTS; output++) {
            out.writeFloat(weights.biases()[output]);
            out.writeFloat(weights.scales()[output]);
            out.write(weights.steps()[output]);
        }
        out.flush();
    }
}
