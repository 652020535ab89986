package io.millrace.agents.embeddings;

import static io.millrace.agents.embeddings.Embeddings.likeness;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingsTest {
    private final Embeddings embeddings = new Embeddings();

    @AfterEach
    void close() {
        embeddings.close();
    }

    @Test
    void aVectorHasLengthOne() {
        float[] vector = embeddings.of("Where is my order?");

        assertThat(vector).hasSize(Embeddings.DIMENSIONS);
        assertThat(likeness(vector, vector)).isCloseTo(1, within(1e-4f));
    }

    @Test
    void theSameTextHasTheSameVectorWhateverCameBefore() {
        float[] before = embeddings.of("Where is my order?");
        embeddings.of("¿Dónde está mi pedido? ".repeat(50));

        assertThat(embeddings.of("Where is my order?")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            Where is my order?             | My parcel has not come yet   | I was charged twice
            Où est ma commande ?           | Où est mon colis ?           | On m'a débité deux fois
            ¿Dónde está mi pedido?         | ¿Dónde está mi paquete?      | Me han cobrado dos veces
            """)
    void whatMeansMuchTheSameIsMoreAlike(String text, String alike, String other) {
        float[] vector = embeddings.of(text);

        assertThat(likeness(vector, embeddings.of(alike))).isGreaterThan(likeness(vector, embeddings.of(other)) + 0.1f);
    }

    @Test
    void aTextWithoutWordsIsLikeNothing() {
        assertThat(likeness(embeddings.of("\u200B"), embeddings.of("order"))).isZero();
    }

    @Test
    void whatIsBehindTheLimitHasNoEffect() {
        String text = "my order ".repeat(Embeddings.MAX_CHARACTERS);

        assertThat(embeddings.of(text)).isEqualTo(embeddings.of(text + "is lost"));
    }

    @Test
    void severalThreadsGetWhatOneGets() throws Exception {
        List<String> texts =
                List.of("Where is my order?", "I was charged twice", "Merci beaucoup", "Quiero devolverlo");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<float[]>> vectors = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String text = texts.get(i % texts.size());
                vectors.add(threads.submit(() -> embeddings.of(text)));
            }
            for (int i = 0; i < vectors.size(); i++) {
                assertThat(vectors.get(i).get()).isEqualTo(embeddings.of(texts.get(i % texts.size())));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void closingOneLeavesTheOthersTheirModel() {
        try (Embeddings other = new Embeddings()) {
            float[] vector = other.of("order");
            embeddings.of("order");
            embeddings.close();

            assertThat(other.of("order")).isEqualTo(vector);
            assertThatIllegalStateException().isThrownBy(() -> embeddings.of("order"));
        }
    }

    @Test
    void theModelIsLoadedAgainAfterAllLetItGo() {
        float[] vector = embeddings.of("order");
        embeddings.close();
        embeddings.close();

        try (Embeddings later = new Embeddings()) {
            assertThat(later.of("order")).isEqualTo(vector);
        }
    }
}
