package io.millrace.local.cli;

import io.millrace.local.knowledge.Documents;
import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Table;
import io.millrace.local.terminal.Terminal;
import io.millrace.schema.knowledge.KnowledgeDocument;
import io.millrace.schema.wire.VisibleText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List the documents that are published.")
final class KnowledgeListCommand implements Callable<Integer> {

    @Option(names = "--language", paramLabel = "L", description = "Only those in this language.")
    private String language;

    @Option(names = "--json", description = "Print a JSON array of the documents, with their text.")
    private boolean json;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        List<KnowledgeDocument> documents = Documents.read(kafka.connect(), tenant.name()).all().stream()
                .filter(document -> language == null || document.language().equalsIgnoreCase(language))
                .toList();
        Terminal terminal = Terminal.ofProcess(System.out);
        if (json) {
            terminal.println(documents.stream()
                    .map(document -> new String(document.toJson(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining(",\n", "[", "]")));
            return 0;
        }
        if (documents.isEmpty()) {
            terminal.println(
                    "no document is published; ./millrace knowledge publish FOLDER publishes those in a folder");
            return 0;
        }
        table(documents, Instant.now()).forEach(terminal::println);
        return 0;
    }

    private static List<String> table(List<KnowledgeDocument> documents, Instant now) {
        Table table = new Table().row("DOCUMENT", "LANGUAGE", "FOR", "CHARACTERS", "FOUND", "TITLE");
        for (KnowledgeDocument document : documents) {
            table.row(
                    VisibleText.of(document.documentId()),
                    VisibleText.of(document.language()),
                    document.audience().name().toLowerCase(Locale.ROOT),
                    Figures.count(document.text().length()),
                    found(document, now),
                    VisibleText.of(document.title()));
        }
        return table.lines();
    }

    private static String found(KnowledgeDocument document, Instant now) {
        if (document.validUntil() != null && !document.validUntil().isAfter(now)) {
            return "until " + document.validUntil();
        }
        return document.validFrom() != null && document.validFrom().isAfter(now)
                ? "from " + document.validFrom()
                : "now";
    }
}
