package io.millrace.local.cli;

import io.millrace.local.knowledge.DocumentFile;
import io.millrace.local.knowledge.DocumentFolder;
import io.millrace.local.knowledge.Documents;
import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.knowledge.KnowledgeDocument;
import io.millrace.schema.knowledge.KnowledgeDocument.Audience;
import io.millrace.schema.wire.VisibleText;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "publish",
        description = {
            "Publish documents in Markdown, HTML or plain text: files, and what is in folders. All, or none if one is wrong; what is "
                    + "published already as it is stays.",
            "Between two lines --- at its top a file says in YAML what is to be known of it, see docs/knowledge.md; its id is else the name of the file."
        })
final class KnowledgePublishCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders.")
    private List<Path> paths;

    @Option(
            names = "--language",
            paramLabel = "L",
            description = "The language (en, fr-CA, es, …) of those that do not say.")
    private String language;

    @Option(
            names = "--audience",
            paramLabel = "A",
            description = "Who may be told what those say that do not say it: ${COMPLETION-CANDIDATES}.")
    private Audience audience;

    @Option(names = "--withdraw-others", description = "Withdraw what is published and not among them.")
    private boolean withdrawOthers;

    @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
    private boolean dryRun;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        String word = audience == null ? null : audience.name().toLowerCase(Locale.ROOT);
        List<DocumentFolder.Found> found =
                DocumentFolder.read(paths, new DocumentFile.Defaults(tenant.name(), language, word));
        found.forEach(one -> one.document()
                .ignored()
                .forEach(field -> System.err.println("warning: " + one.file() + ": a document has no field '"
                        + VisibleText.of(field) + "'; it is ignored")));
        List<KnowledgeDocument> given =
                found.stream().map(one -> one.document().document()).toList();
        KafkaConnection connection = kafka.connect();
        Documents published = Documents.read(connection, tenant.name());
        List<KnowledgeDocument> changed =
                given.stream().filter(document -> !published.has(document)).toList();
        List<KnowledgeDocument> others = withdrawOthers ? others(published, given) : List.of();
        if (!dryRun) {
            Documents.publish(connection, changed);
            Documents.withdraw(connection, others);
        }
        Terminal terminal = Terminal.ofProcess(System.out);
        terminal.println((dryRun ? "would publish " : "published ") + Figures.count(changed.size()) + ", unchanged "
                + Figures.count(given.size() - changed.size())
                + (withdrawOthers
                        ? ", " + (dryRun ? "would withdraw " : "withdrawn ") + Figures.count(others.size())
                        : ""));
        if (dryRun) {
            changed.forEach(document -> terminal.println("  " + VisibleText.of(document.documentId())));
            others.forEach(document -> terminal.println("  withdraw " + VisibleText.of(document.documentId())));
        }
        return 0;
    }

    private static List<KnowledgeDocument> others(Documents published, List<KnowledgeDocument> given) {
        Set<String> ids = given.stream().map(KnowledgeDocument::documentId).collect(Collectors.toSet());
        return published.all().stream()
                .filter(document -> !ids.contains(document.documentId()))
                .toList();
    }
}
