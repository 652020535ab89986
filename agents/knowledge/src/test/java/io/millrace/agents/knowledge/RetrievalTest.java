package io.millrace.agents.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.agents.embeddings.Embeddings;
import io.millrace.testing.DocumentedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How well questions that nobody tuned anything for are answered by the documents of the shop. */
class RetrievalTest {
    private static final List<String> LANGUAGES = List.of("en", "fr-CA", "es");
    private static final Embeddings EMBEDDINGS = new Embeddings();
    private static final KnowledgeIndex INDEX = new KnowledgeIndex(KnowledgeIndex.Bounds.DEFAULTS, EMBEDDINGS::of);
    private static final List<Result> RESULTS = new ArrayList<>();

    private record Result(Shop.Asked asked, List<Hit> hits) {
        int rank() {
            for (int i = 0; i < hits.size(); i++) {
                if (hits.get(i).documentId().equals(asked.document())) {
                    return i + 1;
                }
            }
            return 0;
        }

        double confidence() {
            return hits.isEmpty() ? 0 : Scores.confidence(hits.get(0).score());
        }
    }

    @BeforeAll
    static void ask() throws Exception {
        Shop.documents().forEach(document -> INDEX.take(Shop.record(document)));
        INDEX.refresh();
        for (Shop.Asked asked : Shop.questions()) {
            RESULTS.add(new Result(asked, INDEX.find(Shop.TENANT, Shop.question(asked.text(), asked.language()))));
        }
        if (Boolean.getBoolean("millrace.knowledge.show")) {
            RESULTS.forEach(result -> System.out.printf(
                    Locale.ROOT,
                    "SHOW|%s|%s|%s|%d|%s|%s%n",
                    result.asked().half(),
                    result.asked().language(),
                    result.asked().document(),
                    result.rank(),
                    result.asked().text(),
                    result.hits().stream()
                            .map(hit -> hit.documentId() + "=%.3f".formatted(hit.score()))
                            .toList()));
        }
    }

    @AfterAll
    static void close() {
        INDEX.close();
        EMBEDDINGS.close();
    }

    private static List<Result> of(String half, String language) {
        return RESULTS.stream()
                .filter(result -> result.asked().half().equals(half)
                        && result.asked().language().equals(language))
                .toList();
    }

    private static List<Result> answerable(String half, String language) {
        return of(half, language).stream()
                .filter(result -> result.asked().document() != null)
                .toList();
    }

    private static double among(int top, List<Result> results) {
        return results.stream()
                        .filter(result -> result.rank() > 0 && result.rank() <= top)
                        .count()
                / (double) results.size();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr-CA", "es"})
    void moreThanNineOfTenHeldOutQuestionsFindTheirDocumentAmongThree(String language) {
        List<Result> results = answerable("held-out", language);

        assertThat(results).hasSizeGreaterThanOrEqualTo(25);
        assertThat(among(3, results)).isGreaterThan(0.90);
    }

    @Test
    void confidenceIsAboutHowOftenTheFirstHitIsRight() {
        List<Result> held = RESULTS.stream()
                .filter(result -> result.asked().half().equals("held-out"))
                .toList();
        double said = held.stream().mapToDouble(Result::confidence).average().orElseThrow();
        double right = held.stream().filter(result -> result.rank() == 1).count() / (double) held.size();

        assertThat(said).isBetween(right - 0.12, right + 0.12);
    }

    @Test
    void theTableInThePageIsTheOneMeasured() throws Exception {
        assertThat(DocumentedTable.of("docs/knowledge.md", "labelled").staleness(table(), 0))
                .isEmpty();
    }

    private static String table() {
        StringBuilder table = new StringBuilder(
                "| language | questions | half | right at first | right among three | confidence | of nothing we know: found something | their confidence |\n"
                        + "|---|---|---|---|---|---|---|---|\n");
        for (String language : LANGUAGES) {
            for (String half : List.of("tuned", "held-out", "unseen")) {
                List<Result> results = answerable(half, language);
                List<Result> none = of(half, language).stream()
                        .filter(result -> result.asked().document() == null)
                        .toList();
                table.append("| %s | %d | %s | %.0f %% | %.0f %% | %.1f | %d of %d | %.1f |%n"
                        .formatted(
                                language,
                                results.size(),
                                half,
                                100 * among(1, results),
                                100 * among(3, results),
                                results.stream()
                                        .mapToDouble(Result::confidence)
                                        .average()
                                        .orElse(0),
                                none.stream()
                                        .filter(result -> !result.hits().isEmpty())
                                        .count(),
                                none.size(),
                                none.stream()
                                        .mapToDouble(Result::confidence)
                                        .average()
                                        .orElse(0)));
            }
        }
        return table.toString();
    }
}
