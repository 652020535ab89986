package io.millrace.agents.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.agents.embeddings.Embeddings;
import io.millrace.schema.knowledge.KnowledgeDocument;
import io.millrace.schema.knowledge.KnowledgeDocument.Audience;
import io.millrace.schema.knowledge.KnowledgeDocument.Format;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KnowledgeIndexTest {
    private static final Embeddings EMBEDDINGS = new Embeddings();
    private static final String LIGHTHOUSE =
            "The lighthouse at Percé opens at nine and is closed on Mondays in winter.";

    private final KnowledgeIndex index = with(KnowledgeIndex.Bounds.DEFAULTS);

    private static KnowledgeIndex with(KnowledgeIndex.Bounds bounds) {
        return new KnowledgeIndex(bounds, EMBEDDINGS::of);
    }

    @AfterEach
    void close() {
        index.close();
    }

    @AfterAll
    static void letTheModelGo() {
        EMBEDDINGS.close();
    }

    private void take(KnowledgeDocument document) {
        index.take(Shop.record(document));
        index.refresh();
    }

    private List<String> found(String tenant, Question question) {
        return index.find(tenant, question).stream().map(Hit::documentId).toList();
    }

    private static Question asked(Audience audience, Instant at) {
        return new Question("When does the lighthouse open?", "en", audience, 3, at);
    }

    private static final Question ASKED = asked(Audience.CUSTOMER, Shop.NOW);

    private static KnowledgeDocument lighthouse(Instant from, Instant until, Audience audience) {
        return new KnowledgeDocument(
                Shop.envelope("a"),
                "light",
                "en",
                "Lighthouse",
                Format.PLAIN,
                LIGHTHOUSE,
                null,
                null,
                from,
                until,
                audience,
                List.of());
    }

    @Test
    void aTenantWhoseDocumentsWereWithdrawnMakesRoomForAnother() {
        try (KnowledgeIndex small = with(new KnowledgeIndex.Bounds(10, 10, 10, 1))) {
            small.take(Shop.record(Shop.text("a", "light", LIGHTHOUSE)));
            small.take(Shop.record(Shop.text("b", "light", LIGHTHOUSE)));
            assertThat(small.leftOut("b")).isEqualTo(1);

            small.take(Shop.record("a/light", null));
            small.take(Shop.record(Shop.text("b", "light", LIGHTHOUSE)));
            small.refresh();

            assertThat(small.leftOut("b")).isZero();
            assertThat(small.find("b", ASKED)).hasSize(1);
            assertThat(small.find("a", ASKED)).isEmpty();
        }
    }

    @Test
    void aTenantFindsWhatIsItsOwn() {
        take(Shop.text("a", "light", LIGHTHOUSE));

        assertThat(found("a", ASKED)).containsExactly("light");
        assertThat(found("b", ASKED)).isEmpty();
    }

    @Test
    void aWithdrawnDocumentIsGoneAtOnce() {
        KnowledgeDocument document = Shop.text("a", "light", LIGHTHOUSE);
        take(document);

        index.take(Shop.record(document.key(), null));

        assertThat(found("a", ASKED)).isEmpty();
        assertThat(index.chunks()).isZero();
    }

    @Test
    void theLatestVersionCounts() {
        take(Shop.text("a", "light", LIGHTHOUSE));
        take(Shop.text("a", "light", "The lighthouse opens at eleven from now on, every day of the week."));

        assertThat(index.find("a", ASKED))
                .singleElement()
                .satisfies(hit -> assertThat(hit.text()).contains("eleven").doesNotContain("nine"));
    }

    @Test
    void aDocumentIsValidFromItsBeginningToBeforeItsEnd() {
        Instant from = Instant.parse("2026-12-01T00:00:00Z");
        Instant until = Instant.parse("2026-12-02T00:00:00Z");
        take(lighthouse(from, until, Audience.CUSTOMER));

        assertThat(found("a", asked(Audience.CUSTOMER, from.minusMillis(1)))).isEmpty();
        assertThat(found("a", asked(Audience.CUSTOMER, from))).hasSize(1);
        assertThat(found("a", asked(Audience.CUSTOMER, until.minusMillis(1)))).hasSize(1);
        assertThat(found("a", asked(Audience.CUSTOMER, until))).isEmpty();
    }

    @Test
    void customersAreNotToldWhatIsForStaff() {
        take(lighthouse(null, null, Audience.STAFF));

        assertThat(found("a", ASKED)).isEmpty();
        assertThat(found("a", asked(Audience.STAFF, Shop.NOW))).hasSize(1);
    }

    @Test
    void documentsInAnotherLanguageAreFoundWhenThereIsNothingInTheCustomers() {
        take(Shop.text("a", "light", LIGHTHOUSE));

        assertThat(index.find("a", new Question("lighthouse Percé", "es", Audience.CUSTOMER, 3, Shop.NOW)))
                .singleElement()
                .satisfies(hit -> assertThat(hit.language()).isEqualTo("en"));
    }

    @Test
    void whatIsNoDocumentIsCountedAndTakesTheOneOfItsKeyAway() {
        KnowledgeDocument document = Shop.text("a", "light", LIGHTHOUSE);
        take(document);

        index.take(Shop.record(document.key(), "{\"title\":1".getBytes(StandardCharsets.UTF_8)));
        index.take(Shop.record("another/key", document.toJson()));

        assertThat(index.rejected()).isEqualTo(2);
        assertThat(found("a", ASKED)).isEmpty();
    }

    @Test
    void whatThereIsNoRoomForIsLeftOutAndCounted() {
        try (KnowledgeIndex small = with(new KnowledgeIndex.Bounds(2, 10, 3, 2))) {
            for (String id : List.of("one", "two", "three")) {
                small.take(Shop.record(Shop.text("a", id, LIGHTHOUSE)));
            }
            small.take(Shop.record(Shop.text("b", "four", LIGHTHOUSE)));
            small.take(Shop.record(Shop.text("b", "five", LIGHTHOUSE)));
            small.take(Shop.record(Shop.text("c", "six", LIGHTHOUSE)));
            small.refresh();

            assertThat(small.documents()).isEqualTo(3);
            assertThat(small.leftOut("a")).isEqualTo(1);
            assertThat(small.leftOut("b")).isEqualTo(1);

            small.take(Shop.record(KnowledgeDocument.key("a", "three"), null));
            assertThat(small.leftOut("a")).isZero();
        }
    }

    @Test
    void aQuestionWithoutWordsFindsNothing() {
        take(Shop.text("a", "light", LIGHTHOUSE));

        assertThat(found("a", Shop.question("?!… ", "en"))).isEmpty();
        assertThat(found("a", Shop.question("the of and", "en"))).isEmpty();
    }
}
