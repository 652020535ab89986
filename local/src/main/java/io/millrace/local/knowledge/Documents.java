package io.millrace.local.knowledge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.SourceRecords;
import io.millrace.local.topic.TopicPublisher;
import io.millrace.local.topic.TopicScan;
import io.millrace.schema.knowledge.KnowledgeDocument;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The documents of a tenant that are published as of now, and how they are changed. */
public final class Documents {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String tenant;
    private final NavigableMap<String, KnowledgeDocument> byKey = new TreeMap<>();

    private Documents(String tenant) {
        this.tenant = tenant;
    }

    /** Reads the topic to its end. */
    public static Documents read(KafkaConnection kafka, String tenant) {
        Documents documents = new Documents(tenant);
        TopicScan.read(kafka, List.of(Topics.KNOWLEDGE_DOCUMENTS), LIMIT, documents::apply);
        return documents;
    }

    /** As the agent does: what is no document takes the one of its key away. */
    private void apply(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        byKey.remove(key);
        if (record.value() == null) {
            return;
        }
        try {
            KnowledgeDocument document = KnowledgeDocument.read(SourceRecords.of(record));
            if (document.envelope().tenant().equals(tenant)) {
                byKey.put(key, document);
            }
        } catch (RejectedEventException e) {
            // The agent counts and logs it.
            return;
        }
    }

    /** By id. */
    public Collection<KnowledgeDocument> all() {
        return byKey.values();
    }

    public Optional<KnowledgeDocument> find(String documentId) {
        return Optional.ofNullable(byKey.get(KnowledgeDocument.key(tenant, documentId)));
    }

    /** Whether that very document is published already. */
    public boolean has(KnowledgeDocument document) {
        return find(document.documentId())
                .map(known -> content(known).equals(content(document)))
                .orElse(false);
    }

    /** What it says, without when it was said. */
    private static JsonNode content(KnowledgeDocument document) {
        try {
            ObjectNode event = (ObjectNode) JSON.readTree(document.toJson());
            return event.without(List.of("event_id", "occurred_at", "correlation_id"));
        } catch (IOException e) {
            throw new UncheckedIOException("a document that was written can't be read", e);
        }
    }

    /** Publishes documents, and returns when the broker has them. */
    public static void publish(KafkaConnection kafka, Collection<KnowledgeDocument> documents) {
        kafka.partitions(Topics.KNOWLEDGE_DOCUMENTS);
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
            documents.forEach(document -> TopicPublisher.send(producer, record(document, document.toJson())));
        }
    }

    /** Withdraws documents: they are not found any more. */
    public static void withdraw(KafkaConnection kafka, Collection<KnowledgeDocument> documents) {
        kafka.partitions(Topics.KNOWLEDGE_DOCUMENTS);
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
            documents.forEach(document -> TopicPublisher.send(producer, record(document, null)));
        }
    }

    private static ProducerRecord<byte[], byte[]> record(KnowledgeDocument document, byte[] value) {
        return new ProducerRecord<>(Topics.KNOWLEDGE_DOCUMENTS, document.key().getBytes(StandardCharsets.UTF_8), value);
    }
}
