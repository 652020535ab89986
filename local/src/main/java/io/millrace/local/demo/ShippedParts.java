package io.millrace.local.demo;

import io.millrace.local.agent.ShippedAgents;
import io.millrace.local.knowledge.DocumentFile;
import io.millrace.local.knowledge.DocumentFolder;
import io.millrace.local.knowledge.Documents;
import io.millrace.local.platform.PlatformException;
import io.millrace.local.slo.Objectives;
import io.millrace.local.topic.DefinitionsFile;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.workflow.WorkflowFile;
import io.millrace.schema.knowledge.KnowledgeDocument;
import io.millrace.schema.wire.Envelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** What comes with Millrace and is put in place at a start, where nothing by that name is there. */
public final class ShippedParts {
    private static final String TURN = "docs/examples/conversations/customer-turn.yaml";
    private static final String SHOP = "docs/examples/knowledge";
    private static final String OBJECTIVES = "docs/examples/slo/default.jsonl";

    private final KafkaConnection kafka;
    private final Path home;
    private final Predicate<String> runs;

    /**
     * @param home the root of the project
     * @param runs whether the platform runs the job of a name
     */
    public ShippedParts(KafkaConnection kafka, Path home, Predicate<String> runs) {
        this.kafka = kafka;
        this.home = home;
        this.runs = runs;
    }

    /** The agents, and the workflow that answers customers. */
    public void ensure() {
        if (runs.test("agents")) {
            ShippedAgents.registerMissing(kafka);
        }
        if (runs.test("workflows") && runs.test("conversations")) {
            WorkflowFile turn = WorkflowFile.read(TURN, read(TURN));
            WorkflowFile.publishMissing(kafka, turn.defined(Envelope.DEFAULT_TENANT));
        }
    }

    /** The objectives of the platform's own jobs. */
    public void ensureObjectives() {
        if (runs.test("slo")) {
            Objectives.publishMissing(
                    kafka,
                    DefinitionsFile.read(Objectives.KIND, OBJECTIVES, read(OBJECTIVES))
                            .definitions());
        }
    }

    /** The help pages of a shop, when no document is published: the company of the sample traffic has one. */
    public void ensureShop() {
        if (runs.test("agents")
                && Documents.read(kafka, Envelope.DEFAULT_TENANT).all().isEmpty()) {
            List<KnowledgeDocument> shop = DocumentFolder.read(
                            List.of(home.resolve(SHOP)), new DocumentFile.Defaults(Envelope.DEFAULT_TENANT, null, null))
                    .stream()
                    .map(found -> found.document().document())
                    .toList();
            Documents.publish(kafka, shop);
        }
    }

    private String read(String file) {
        Path path = home.resolve(file);
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new PlatformException(path + " can't be read: " + e.getMessage(), e);
        }
    }
}
