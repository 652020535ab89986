package io.millrace.logic.audit;

import io.millrace.logic.pii.ByTenant;
import io.millrace.logic.pii.JsonTokenizer;
import io.millrace.logic.pii.PiiTokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Puts tokens in the place of personal data, each tenant's by its own key. For one thread. */
final class Masking {

    /** What names events and says when; whose values every event has, and no person. */
    private static final Set<String> SAFE = Set.of(
            "schema_version",
            "event_id",
            "event_type",
            "occurred_at",
            "specversion",
            "id",
            "type",
            "source",
            "time",
            "time_zone",
            "due_at",
            "remind_at",
            "sent_at",
            "scheduled_at",
            "created_at",
            "updated_at",
            "deadline_at",
            "status",
            "priority",
            "version");

    private final ByTenant<OfTenant> tenants;

    /** @param master key from which those of tenants follow, at least 32 bytes */
    Masking(byte[] master) {
        this.tenants = new ByTenant<>(master, OfTenant::new);
    }

    OfTenant of(String tenant) {
        return tenants.of(tenant);
    }

    /** By a tenant's key. */
    static final class OfTenant {
        private final PiiTokenizer texts;
        private final JsonTokenizer documents;

        private OfTenant(PiiTokenizer texts) {
            this.texts = texts;
            this.documents = new JsonTokenizer(texts, SAFE);
        }

        /** @param text null for none */
        String text(String text) {
            return text == null ? null : texts.tokenize(text);
        }

        /** @param value of a record, JSON or anything else; null for a tombstone */
        String value(byte[] value) {
            return value == null ? null : new String(documents.tokenize(value), StandardCharsets.UTF_8);
        }
    }
}
