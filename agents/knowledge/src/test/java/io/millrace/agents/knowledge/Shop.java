package io.millrace.agents.knowledge;

import io.millrace.schema.knowledge.KnowledgeDocument;
import io.millrace.schema.knowledge.KnowledgeDocument.Audience;
import io.millrace.schema.knowledge.KnowledgeDocument.Format;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The documents of docs/examples/knowledge, and what customers ask about them. */
final class Shop {
    static final String TENANT = "shop";
    static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
    private static final Path DOCUMENTS = Path.of("../../docs/examples/knowledge");

    private Shop() {}

    static List<KnowledgeDocument> documents() throws IOException {
        try (Stream<Path> files = Files.walk(DOCUMENTS)) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().endsWith(".md") || file.toString().endsWith(".html"))
                    .sorted()
                    .map(Shop::document)
                    .toList();
        }
    }

    private static KnowledgeDocument document(Path file) {
        try {
            String[] parts = Files.readString(file).split("---\n", 3);
            Map<String, Object> front = new Yaml().load(parts[1]);
            return new KnowledgeDocument(
                    envelope(TENANT),
                    (String) front.get("document_id"),
                    (String) front.get("language"),
                    (String) front.get("title"),
                    file.toString().endsWith(".html") ? Format.HTML : Format.MARKDOWN,
                    parts[2],
                    (String) front.get("product"),
                    (String) front.get("url"),
                    null,
                    null,
                    Audience.CUSTOMER,
                    questions(front));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> questions(Map<String, Object> front) {
        return (List<String>) front.getOrDefault("questions", List.of());
    }

    static Envelope envelope(String tenant) {
        return new Envelope(UUID.randomUUID(), "knowledge.document", NOW, tenant, null, null);
    }

    static KnowledgeDocument text(String tenant, String id, String text) {
        return new KnowledgeDocument(
                envelope(tenant),
                id,
                "en",
                id,
                Format.MARKDOWN,
                text,
                null,
                null,
                null,
                null,
                Audience.CUSTOMER,
                List.of());
    }

    static SourceRecord record(KnowledgeDocument document) {
        return record(document.key(), document.toJson());
    }

    static SourceRecord record(String key, byte[] value) {
        return new SourceRecord("knowledge-documents", 0, 0, 0, key.getBytes(StandardCharsets.UTF_8), value, List.of());
    }

    /** @param document null when no document answers */
    record Asked(String half, String language, String document, String text) {}

    static List<Asked> questions() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/knowledge/questions.tsv")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("\\|", 4))
                .map(part -> new Asked(
                        part[0],
                        part[1].equals("fr") ? "fr-CA" : part[1],
                        part[2].equals("-") ? null : part[2],
                        part[3]))
                .toList();
    }

    static Question question(String text, String language) {
        return new Question(text, language, Audience.CUSTOMER, 3, NOW);
    }
}
