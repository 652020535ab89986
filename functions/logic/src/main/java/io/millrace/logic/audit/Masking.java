package io.millrace.logic.audit;

import io.millrace.logic.pii.JsonTokenizer;
import io.millrace.logic.pii.PiiTokenizer;
import io.millrace.logic.pii.TokenKey;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Puts tokens in the place of personal data, each tenant's by its own key. For one thread. */
final class Masking {
    /** More tenants than that at a time, and their tokenisers are made again and again. */
    private static final int MOST_TENANTS = 1_000;

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

    private final byte[] master;
    private final Map<String, OfTenant> tenants = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, OfTenant> eldest) {
            return size() > MOST_TENANTS;
        }
    };

    /** @param master key from which those of tenants follow, at least 32 bytes */
    Masking(byte[] master) {
        this.master = master.clone();
    }

    OfTenant of(String tenant) {
        return tenants.computeIfAbsent(tenant, name -> new OfTenant(new PiiTokenizer(TokenKey.of(master, name))));
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
