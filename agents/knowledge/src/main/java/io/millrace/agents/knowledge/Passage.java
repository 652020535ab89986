package io.millrace.agents.knowledge;

import io.millrace.schema.knowledge.KnowledgeDocument;
import io.millrace.schema.knowledge.KnowledgeDocument.Audience;
import java.time.Instant;

/**
 * A chunk of a document as it is held in memory.
 *
 * @param id of its own, unique in its index
 * @param words of its language
 * @param section its heading
 * @param vectors of its parts, each short enough for the model
 * @param questions vectors of how its document is asked for
 */
record Passage(
        long id,
        String documentId,
        String title,
        String url,
        String language,
        Words words,
        Audience audience,
        Instant validFrom,
        Instant validUntil,
        String section,
        String text,
        float[][] vectors,
        float[][] questions) {

    static Passage of(long id, KnowledgeDocument document, Section chunk, float[][] vectors, float[][] questions) {
        return new Passage(
                id,
                document.documentId(),
                document.title(),
                document.url(),
                document.language(),
                Words.of(document.language()),
                document.audience(),
                document.validFrom(),
                document.validUntil(),
                chunk.heading(),
                chunk.text(),
                vectors,
                questions);
    }

    /** Staff is told what customers are told. */
    boolean isFor(Audience asking, Instant at) {
        return (audience == Audience.CUSTOMER || asking == Audience.STAFF)
                && (validFrom == null || !at.isBefore(validFrom))
                && (validUntil == null || at.isBefore(validUntil));
    }
}
