package io.millrace.local.cli;

import io.millrace.local.knowledge.Documents;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.knowledge.KnowledgeDocument;
import io.millrace.schema.wire.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "withdraw",
        description = "Withdraw documents, all or none: customers are not answered from them any more.")
final class KnowledgeWithdrawCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", arity = "1..*", description = "As list shows them.")
    private List<String> ids;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        KafkaConnection connection = kafka.connect();
        Documents published = Documents.read(connection, tenant.name());
        List<KnowledgeDocument> documents = new ArrayList<>();
        for (String id : ids) {
            documents.add(published
                    .find(id)
                    .orElseThrow(() -> new CommandFailure(
                            "no document '" + id + "' is published; ./millrace knowledge list shows those that are")));
        }
        Documents.withdraw(connection, documents);
        Terminal terminal = Terminal.ofProcess(System.out);
        documents.forEach(document -> terminal.println("withdrawn " + VisibleText.of(document.documentId())));
        return 0;
    }
}
