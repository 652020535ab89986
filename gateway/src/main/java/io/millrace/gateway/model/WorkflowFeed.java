package io.millrace.gateway.model;

import io.millrace.logic.workflow.bind.DefinitionReader;
import io.millrace.logic.workflow.bind.SemanticVersion;
import io.millrace.logic.workflow.program.Program;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.WorkflowDefined;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/**
 * Workflows as {@code workflow-definitions} has them, read as the workflows job reads them: what it refuses is not here
 * either, and of several texts of a version the first one counts.
 */
final class WorkflowFeed implements Feed {

    @Override
    public List<String> tables() {
        return List.of("CREATE TABLE workflows (tenant TEXT NOT NULL, workflow TEXT NOT NULL, version TEXT NOT NULL,"
                + " preferred INTEGER NOT NULL, card BLOB NOT NULL, text TEXT NOT NULL, document BLOB NOT NULL,"
                + " PRIMARY KEY (tenant, workflow, version))");
    }

    @Override
    public boolean follows(String topic) {
        return topic.equals(Topics.WORKFLOW_DEFINITIONS);
    }

    @Override
    public Change read(SourceRecord record) throws RejectedEventException {
        if (record.value() == null) {
            // A version stays: the job forgets none either.
            return Change.NONE;
        }
        WorkflowDefined defined = WorkflowDefined.read(record);
        if (record.key() == null || !defined.key().equals(new String(record.key(), StandardCharsets.UTF_8))) {
            throw new RejectedEventException(ErrorCode.INVALID_KEY, "the key is not tenant/workflow/version/digest");
        }
        Program program = DefinitionReader.read(defined);
        byte[] card = WorkflowCard.of(defined, program);
        byte[] document = program.document().toString().getBytes(StandardCharsets.UTF_8);
        return model -> apply(defined, card, document, model);
    }

    private static void apply(WorkflowDefined defined, byte[] card, byte[] document, ModelWriter model)
            throws SQLException {
        String tenant = defined.envelope().tenant();
        String name = defined.workflow();
        String preferred = model.first(
                "SELECT version FROM workflows WHERE tenant = ? AND workflow = ? AND preferred = 1",
                row -> row.getString(1),
                tenant,
                name);
        boolean isPreferred = preferred == null
                || new SemanticVersion(defined.version()).isPreferredTo(new SemanticVersion(preferred));
        int added = model.update(
                "INSERT OR IGNORE INTO workflows (tenant, workflow, version, preferred, card, text, document)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                tenant,
                name,
                defined.version(),
                isPreferred ? 1 : 0,
                card,
                defined.text(),
                document);
        if (added > 0 && isPreferred && preferred != null) {
            model.update(
                    "UPDATE workflows SET preferred = 0 WHERE tenant = ? AND workflow = ? AND version = ?",
                    tenant,
                    name,
                    preferred);
        }
    }
}
