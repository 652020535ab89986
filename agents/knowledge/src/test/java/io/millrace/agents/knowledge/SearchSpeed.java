package io.millrace.agents.knowledge;

import io.millrace.agents.embeddings.Embeddings;
import io.millrace.schema.knowledge.KnowledgeDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How long a question takes among 10,000 passages, measured and printed. Their texts are
 * sentences of the shop's documents in another order. Their vectors are random ones, as many as there would be: comparing
 * them takes the same time, and making them would take minutes. Those of questions are the model's.
 */
public final class SearchSpeed {
    private static final int PASSAGES = 10_000;
    private static final int SENTENCES = 40;
    private static final int ROUNDS = 20;

    private static final Random RANDOM = new Random(7);

    private SearchSpeed() {}

    private static float[] anyVector() {
        float[] vector = new float[384];
        double square = 0;
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) RANDOM.nextGaussian();
            square += vector[i] * vector[i];
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= (float) Math.sqrt(square);
        }
        return vector;
    }

    private static List<String> sentences() throws Exception {
        List<String> sentences = new ArrayList<>();
        for (KnowledgeDocument document : Shop.documents()) {
            if (document.language().equals("en")) {
                Outline.of(document.format(), document.text())
                        .forEach(section -> sentences.addAll(Sentences.of(section.text())));
            }
        }
        return sentences;
    }

    public static void main(String[] args) throws Exception {
        List<String> sentences = sentences();
        List<Shop.Asked> questions = Shop.questions().stream()
                .filter(asked -> asked.language().equals("en"))
                .toList();
        boolean[] indexing = {true};
        try (Embeddings embeddings = new Embeddings();
                KnowledgeIndex index = new KnowledgeIndex(
                        new KnowledgeIndex.Bounds(PASSAGES, PASSAGES, PASSAGES, 1),
                        text -> indexing[0] ? anyVector() : embeddings.of(text))) {
            for (int at = 0; index.chunks() < PASSAGES && index.leftOut(Shop.TENANT) == 0; at++) {
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < SENTENCES; i++) {
                    text.append(sentences.get(RANDOM.nextInt(sentences.size()))).append(' ');
                }
                index.take(Shop.record(Shop.text(Shop.TENANT, "document-" + at, text.toString())));
            }
            index.refresh();
            indexing[0] = false;

            long[] nanos = new long[ROUNDS * questions.size()];
            int at = 0;
            for (int round = 0; round < ROUNDS; round++) {
                for (Shop.Asked asked : questions) {
                    long begun = System.nanoTime();
                    index.find(Shop.TENANT, Shop.question(asked.text(), "en"));
                    nanos[at++] = System.nanoTime() - begun;
                }
            }
            long[] warm = Arrays.copyOfRange(nanos, nanos.length / 2, nanos.length);
            Arrays.sort(warm);
            System.out.printf(
                    Locale.ROOT,
                    "%d passages, %d questions after as many to warm up: median %.1f ms, p95 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                    index.chunks(),
                    warm.length,
                    warm[warm.length / 2] / 1e6,
                    warm[warm.length * 95 / 100] / 1e6,
                    warm[warm.length * 99 / 100] / 1e6,
                    warm[warm.length - 1] / 1e6);
        }
    }
}
