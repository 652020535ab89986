package io.millrace.local.knowledge;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.millrace.local.topic.FieldLines;
import io.millrace.schema.knowledge.KnowledgeDocument;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.JsonProblems;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.VisibleText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document as it stands in a file: its text, and before it, between two lines {@code ---}, in YAML, what is to be
 * known of it. What is not said there follows from the file's name, its first heading, or from what is given for all.
 *
 * @param ignored names of fields that no document has: misspelt ones, perhaps
 */
public record DocumentFile(KnowledgeDocument document, List<String> ignored) {

    private static final Map<String, String> FORMATS =
            Map.of("md", "markdown", "markdown", "markdown", "html", "html", "htm", "html", "txt", "plain");
    private static final Set<String> KNOWN = Set.of(
            "document_id", "language", "title", "product", "url", "valid_from", "valid_until", "audience", "questions");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(\\S.*)");
    private static final String FENCE = "---";
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());

    /**
     * What documents are that do not say otherwise.
     *
     * @param language null for none: each has to say
     * @param audience {@code customer} or {@code staff}; null likewise
     */
    public record Defaults(String tenant, String language, String audience) {}

    /** Whether a file of that name can be a document. */
    static boolean isOne(String fileName) {
        return FORMATS.containsKey(suffix(fileName));
    }

    /**
     * Reads a document.
     *
     * @param name of the file: what messages call it
     * @throws DocumentException when the agent would not take it; the message says field and line
     */
    public static DocumentFile read(String name, String text, Defaults defaults) {
        String unix = text.replace("\r\n", "\n");
        String front = frontOf(name, unix);
        String body = front == null ? unix : unix.substring(front.length()).replaceFirst("\\A---[ \\t]*\\n?", "");
        ObjectNode fields = front == null ? YAML.createObjectNode() : fields(name, front);
        List<String> ignored = new ArrayList<>();
        fields.fieldNames().forEachRemaining(field -> {
            if (!KNOWN.contains(field)) {
                ignored.add(field);
            }
        });
        fields.remove(ignored);
        complete(fields, name, body, defaults);
        try {
            return new DocumentFile(document(fields), List.copyOf(ignored));
        } catch (RejectedEventException e) {
            String message = e.messageWithoutPlace();
            String field = message.substring(0, Math.max(0, message.indexOf(':')));
            String more = !fields.has(field) && (field.equals("language") || field.equals("audience"))
                    ? "; say it between two lines --- at its top, or with --" + field
                    : "";
            throw new DocumentException(
                    name + ":" + (front == null ? 1 : lineOf(front, field)) + ": " + message + more + " ("
                            + e.code().wireName() + ")",
                    e);
        }
    }

    private static KnowledgeDocument document(ObjectNode event) throws RejectedEventException {
        byte[] key = KnowledgeDocument.key(
                        event.path("tenant").asText(), event.path("document_id").asText())
                .getBytes(StandardCharsets.UTF_8);
        byte[] value = event.toString().getBytes(StandardCharsets.UTF_8);
        return KnowledgeDocument.read(new SourceRecord(Topics.KNOWLEDGE_DOCUMENTS, 0, 0, 0, key, value, List.of()));
    }

    /** From the file's first line to before the one that ends it; null for a file that begins with its text. */
    private static String frontOf(String name, String text) {
        if (!text.startsWith(FENCE + "\n")) {
            return null;
        }
        Matcher end = Pattern.compile("^---[ \\t]*$", Pattern.MULTILINE).matcher(text);
        if (!end.find(FENCE.length())) {
            throw new DocumentException(
                    name + ":1: what is to be known of it begins with a line --- and has no other at its end");
        }
        return text.substring(0, end.start());
    }

    private static ObjectNode fields(String name, String front) {
        try {
            JsonNode read = YAML.readTree(front);
            if (read instanceof ObjectNode object) {
                return object;
            }
            if (read == null || read.isMissingNode() || read.isNull()) {
                return YAML.createObjectNode();
            }
            throw new DocumentException(name + ":2: what is to be known of it is not written as NAME: VALUE");
        } catch (JsonProcessingException e) {
            throw new DocumentException(
                    name + ":" + JsonProblems.located(e) + " (" + ErrorCode.NOT_JSON.wireName() + ")", e);
        }
    }

    private static int lineOf(String front, String field) {
        try (JsonParser parser = YAML.createParser(front)) {
            return new FieldLines(parser).of(field);
        } catch (IOException e) {
            throw new UncheckedIOException("what was read once cannot be read again", e);
        }
    }

    private static void complete(ObjectNode event, String name, String body, Defaults defaults) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        String plainName = file.contains(".") ? file.substring(0, file.lastIndexOf('.')) : file;
        event.put("schema_version", 1)
                .put("event_id", UUID.randomUUID().toString())
                .put("event_type", "knowledge.document")
                .put("occurred_at", Instant.now().toString())
                .put("tenant", defaults.tenant())
                .put("format", FORMATS.getOrDefault(suffix(file), "plain"))
                .put("text", body);
        putIfAbsent(event, "document_id", plainName);
        putIfAbsent(event, "title", heading(body, plainName));
        putIfAbsent(event, "language", defaults.language());
        putIfAbsent(event, "audience", defaults.audience());
    }

    private static void putIfAbsent(ObjectNode event, String field, String value) {
        if (!event.hasNonNull(field) && value != null) {
            event.put(field, value);
        }
    }

    private static String heading(String body, String otherwise) {
        Matcher heading =
                HEADING.matcher(body.stripLeading().lines().findFirst().orElse(""));
        return heading.matches() ? heading.group(1).strip() : VisibleText.of(otherwise);
    }

    private static String suffix(String fileName) {
        return fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
