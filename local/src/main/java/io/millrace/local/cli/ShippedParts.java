package io.millrace.local.cli;

import io.millrace.local.agent.ShippedAgents;
import io.millrace.local.knowledge.DocumentFile;
import io.millrace.local.knowledge.DocumentFolder;
import io.millrace.local.knowledge.Documents;
import io.millrace.local.slo.ObjectiveFile;
import io.millrace.local.slo.Objectives;
import io.millrace.local.workflow.WorkflowFile;
import io.millrace.schema.knowledge.KnowledgeDocument;
import io.millrace.schema.wire.Envelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What comes with Millrace and is put in place at a start, where nothing by that name is there. */
final class ShippedParts {
    private static final String TURN = "docs/examples/conversations/customer-turn.yaml";
    private static final String SHOP = "docs/examples/knowledge";
    private static final String OBJECTIVES = "docs/examples/slo/default.jsonl";

    private ShippedParts() {}

    /** The agents, and the workflow that answers customers. */
    static void ensure(PlatformRun run) {
        if (run.runs("agents")) {
            ShippedAgents.registerMissing(run.kafka());
        }
        if (run.runs("workflows") && run.runs("conversations")) {
            WorkflowFile turn = WorkflowFile.read(TURN, read(run, TURN));
            WorkflowFile.publishMissing(run.kafka(), turn.defined(Envelope.DEFAULT_TENANT));
        }
    }

    /** The objectives of the platform's own jobs. */
    static void ensureObjectives(PlatformRun run) {
        if (run.runs("slo")) {
            Objectives.publishMissing(
                    run.kafka(),
                    ObjectiveFile.read(OBJECTIVES, read(run, OBJECTIVES)).objectives());
        }
    }

    /** The help pages of a shop, when no document is published: the company of the sample traffic has one. */
    static void ensureShop(PlatformRun run) {
        if (run.runs("agents")
                && Documents.read(run.kafka(), Envelope.DEFAULT_TENANT).all().isEmpty()) {
            List<KnowledgeDocument> shop = DocumentFolder.read(
                            List.of(run.platform().home().resolve(SHOP)),
                            new DocumentFile.Defaults(Envelope.DEFAULT_TENANT, null, null))
                    .stream()
                    .map(found -> found.document().document())
                    .toList();
            Documents.publish(run.kafka(), shop);
        }
    }

    private static String read(PlatformRun run, String file) {
        Path path = run.platform().home().resolve(file);
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new CommandFailure(path + " can't be read: " + e.getMessage(), e);
        }
    }
}
