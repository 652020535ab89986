package io.millrace.agents.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.agents.embeddings.Embeddings;
import io.millrace.testing.DocumentedTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/knowledge.md says how often an answer has the sentence that was asked for, and how sure it is where there is none. */
class AnswerQualityTest {
    /** Below it customer-turn.yaml has a person asked. */
    private static final double ENOUGH = 0.35;

    private static final List<String> LANGUAGES = List.of("en", "fr-CA", "es");
    private static final List<Result> RESULTS = new ArrayList<>();

    /** @param held what the answer has to hold; a dash where no document answers */
    private record Result(String half, String language, String held, String question, ResponseAgent.Answer answer) {
        boolean answerable() {
            return !held.equals("-");
        }

        boolean right() {
            return plain(answer.text()).contains(held);
        }

        boolean sure() {
            return answer.confidence() >= ENOUGH;
        }
    }

    @BeforeAll
    static void ask() throws IOException {
        try (Embeddings embeddings = new Embeddings();
                KnowledgeIndex index = new KnowledgeIndex(KnowledgeIndex.Bounds.DEFAULTS, embeddings::of);
                ResponseAgent response = new ResponseAgent()) {
            Shop.documents().forEach(document -> index.take(Shop.record(document)));
            index.refresh();
            for (String line : Files.readAllLines(Path.of("src/test/resources/knowledge/answers.tsv"))) {
                if (!line.startsWith("#")) {
                    String[] part = line.split("\\|", 5);
                    List<Hit> hits = index.find(Shop.TENANT, Shop.question(part[4], part[1]));
                    RESULTS.add(new Result(
                            part[0], part[1], part[3], part[4], response.answer(part[4], part[1], "other", hits)));
                }
            }
        }
    }

    private static String plain(String text) {
        return text.replace('\u00a0', ' ').replace('\u202f', ' ');
    }

    private static double share(String half, String language, Predicate<Result> which, Predicate<Result> what) {
        List<Result> of = RESULTS.stream()
                .filter(result ->
                        result.half().equals(half) && result.language().equals(language))
                .filter(which)
                .toList();
        return of.stream().filter(what).count() / (double) of.size();
    }

    private static String mistakes() {
        StringBuilder mistakes = new StringBuilder();
        for (Result result : RESULTS) {
            boolean wrong = result.answerable() ? !result.right() || !result.sure() : result.sure();
            if (wrong && result.half().equals("tuned")) {
                mistakes.append("%s: %.2f %s%n"
                        .formatted(
                                result.question(),
                                result.answer().confidence(),
                                result.answer().text()));
            }
        }
        return mistakes.toString();
    }

    @Test
    void theTableInThePageIsTheOneMeasured() throws IOException {
        StringBuilder table = new StringBuilder(
                "| language | half | has the sentence | and is sure enough | of nothing we know: not sure enough |\n|---|---|--:|--:|--:|\n");
        for (String language : LANGUAGES) {
            for (String half : List.of("tuned", "unseen")) {
                table.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %.2f | %.2f | %.2f |\n",
                        language,
                        half,
                        share(half, language, Result::answerable, Result::right),
                        share(half, language, Result::answerable, result -> result.right() && result.sure()),
                        share(half, language, result -> !result.answerable(), result -> !result.sure())));
            }
        }
        assertThat(DocumentedTable.of("docs/knowledge.md", "answers").staleness(table.toString(), 0.1))
                .as(mistakes())
                .isEmpty();
    }

    @Test
    void eightOfTenAnswersHaveTheSentenceThatWasAskedFor() {
        List<Result> answerable = RESULTS.stream().filter(Result::answerable).toList();

        assertThat(answerable.stream().filter(Result::right).count() / (double) answerable.size())
                .as(mistakes())
                .isGreaterThanOrEqualTo(0.8);
    }

    @Test
    void whatNoDocumentAnswersIsNotAnsweredForSure() {
        List<Result> others =
                RESULTS.stream().filter(result -> !result.answerable()).toList();

        assertThat(others.stream().filter(Result::sure).count()).as(mistakes()).isLessThanOrEqualTo(6);
    }
}
