package io.millrace.schema.knowledge;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RecordKey;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A document that customers are answered from. A record without value under its {@linkplain #key() key} withdraws it.
 *
 * @param product null for one that is of no product in particular
 * @param url null when customers can't read it anywhere
 * @param validFrom null for one that is valid since ever
 * @param validUntil null for one that stays valid
 * @param questions empty for none
 */
@Event(
        type = "knowledge.document",
        description =
                "A document that customers are answered from, or that helps those who answer them. The latest one of an id counts; a"
                        + " record without value withdraws it. The key of the record is tenant/document_id, each with `%` as `%25` and `/` as"
                        + " `%2F`.",
        id = "Any.",
        maxBytes = KnowledgeDocument.MAX_BYTES)
public record KnowledgeDocument(
        Envelope envelope,
        @Field(
                        title = "Document",
                        description = "Its id, unique in the tenant. The same text in another language has another id.",
                        min = 1,
                        max = 200,
                        example = "\"returns.fr\"")
                String documentId,
        @Field(
                        title = "Language",
                        description = "In which it is written (BCP 47).",
                        min = 2,
                        max = 20,
                        example = "\"fr-CA\"")
                String language,
        @Field(
                        title = "Title",
                        description = "Shown where it is cited.",
                        min = 1,
                        max = 500,
                        example = "\"Retours et remboursements\"")
                String title,
        @Field(title = "Format", description = "How the text is written.", example = "\"markdown\"") Format format,
        @Field(
                        title = "Text",
                        description = "All of it. Of HTML only what is shown counts.",
                        min = 1,
                        max = MAX_TEXT,
                        example = "\"## Délai\\n\\nVous avez 30 jours.\"")
                String text,
        @Field(
                        title = "Product",
                        description = "Which it is about.",
                        max = 200,
                        optional = true,
                        example = "\"lamp-aurora\"")
                String product,
        @Field(
                        title = "URL",
                        description = "Where customers can read it.",
                        max = 2_000,
                        optional = true,
                        example = "\"https://shop.example.com/fr/retours\"")
                String url,
        @Field(title = "Valid from", description = "Before that it is not found.", optional = true) Instant validFrom,
        @Field(title = "Valid until", description = "From then on it is not found.", optional = true)
                Instant validUntil,
        @Field(
                        title = "Audience",
                        description = "customer: customers may be told. staff: only those who work here.",
                        example = "\"customer\"")
                Audience audience,
        @Field(
                        title = "Questions",
                        description =
                                "How people ask for it, in their words: it is found by them, and they are not shown.",
                        max = MAX_QUESTIONS,
                        optional = true)
                List<String> questions) {

    /** Of the text, in UTF-16 code units. */
    public static final int MAX_TEXT = 256 * 1024;

    public static final int MAX_QUESTIONS = 50;
    /** Of the event. */
    public static final int MAX_BYTES = 512 * 1024;

    private static final EventType<KnowledgeDocument> TYPE = EventType.of(KnowledgeDocument.class);

    /** How a text is written. */
    public enum Format {
        MARKDOWN,
        HTML,
        PLAIN
    }

    /** Who may be told what it says. */
    public enum Audience {
        CUSTOMER,
        STAFF
    }

    /** Of its record. */
    public String key() {
        return key(envelope.tenant(), documentId);
    }

    /** Of the record of a document. */
    public static String key(String tenant, String documentId) {
        return RecordKey.of(tenant, documentId);
    }

    public byte[] toJson() {
        return TYPE.write(this);
    }

    /** @throws RejectedEventException when the record holds none, or its key is that of another */
    public static KnowledgeDocument read(SourceRecord source) throws RejectedEventException {
        KnowledgeDocument document = TYPE.read(source);
        String key = source.key() == null ? null : new String(source.key(), StandardCharsets.UTF_8);
        if (!document.key().equals(key)) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_KEY, "document_id: the key of the record must be " + document.key());
        }
        return document;
    }
}
