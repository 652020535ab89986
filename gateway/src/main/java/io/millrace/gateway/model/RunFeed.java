package io.millrace.gateway.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schema.event.EventType;
import io.millrace.schema.wire.RecordKey;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.Waiting;
import io.millrace.schema.workflow.WorkflowRun;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs of workflows as {@code workflow-runs} has them, and for whose approval they wait. */
final class RunFeed implements Feed {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public List<String> tables() {
        return List.of(
                "CREATE TABLE runs (tenant TEXT NOT NULL, run_id TEXT NOT NULL, started INTEGER NOT NULL,"
                        + " number INTEGER NOT NULL, state TEXT NOT NULL, workflow TEXT NOT NULL,"
                        + " attributes TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (tenant, run_id))",
                "CREATE INDEX runs_by_start ON runs (tenant, started, run_id)",
                "CREATE TABLE waits (tenant TEXT NOT NULL, request_id TEXT NOT NULL, run_id TEXT NOT NULL,"
                        + " since INTEGER NOT NULL, message TEXT, PRIMARY KEY (tenant, request_id, run_id)) WITHOUT ROWID",
                "CREATE INDEX waits_by_run ON waits (tenant, run_id)",
                "CREATE INDEX waits_by_time ON waits (tenant, since, request_id, run_id)");
    }

    @Override
    public boolean follows(String topic) {
        return topic.equals(Topics.WORKFLOW_RUNS);
    }

    @Override
    public Change read(SourceRecord record) throws RejectedEventException {
        if (record.value() == null) {
            return removal(record);
        }
        WorkflowRun run = WorkflowRun.read(record);
        byte[] body = run.toJson();
        String attributes = write(run.attributes());
        return model -> apply(run, attributes, body, model);
    }

    private static Change removal(SourceRecord record) {
        String[] key =
                record.key() == null ? new String[0] : new String(record.key(), StandardCharsets.UTF_8).split("/", 2);
        return key.length < 2 ? Change.NONE : model -> remove(RecordKey.id(key[0]), key[1], model);
    }

    private static void remove(String tenant, String runId, ModelWriter model) throws SQLException {
        if (model.update("DELETE FROM runs WHERE tenant = ? AND run_id = ?", tenant, runId) > 0) {
            model.changed(Kind.RUNS, tenant, null, runId);
            replaceWaits(tenant, runId, List.of(), model);
        }
    }

    /** What counts of two views. */
    private record Age(long started, long number) {
        boolean isBefore(WorkflowRun run) {
            long other = run.startedAt().toEpochMilli();
            return started < other || started == other && number < run.number();
        }
    }

    private static void apply(WorkflowRun run, String attributes, byte[] body, ModelWriter model) throws SQLException {
        String tenant = run.envelope().tenant();
        Age known = model.first(
                "SELECT started, number FROM runs WHERE tenant = ? AND run_id = ?",
                row -> new Age(row.getLong(1), row.getLong(2)),
                tenant,
                run.runId());
        if (known != null && !known.isBefore(run)) {
            return;
        }
        model.update(
                "INSERT OR REPLACE INTO runs (tenant, run_id, started, number, state, workflow, attributes, body)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                tenant,
                run.runId(),
                run.startedAt().toEpochMilli(),
                run.number(),
                EventType.wireName(run.state()),
                run.workflow(),
                attributes,
                body);
        model.changed(Kind.RUNS, tenant, null, run.runId());
        replaceWaits(tenant, run.runId(), run.waitingFor(), model);
    }

    private static void replaceWaits(String tenant, String runId, List<Waiting> waiting, ModelWriter model)
            throws SQLException {
        Set<String> changed = new HashSet<>(model.all(
                "SELECT request_id FROM waits WHERE tenant = ? AND run_id = ?",
                row -> row.getString(1),
                tenant,
                runId));
        Set<String> before = Set.copyOf(changed);
        model.update("DELETE FROM waits WHERE tenant = ? AND run_id = ?", tenant, runId);
        for (Waiting one : waiting) {
            if (one.kind() == Waiting.Kind.APPROVAL && one.token() != null) {
                model.update(
                        "INSERT OR REPLACE INTO waits (tenant, request_id, run_id, since, message) VALUES (?, ?, ?, ?, ?)",
                        tenant,
                        one.token(),
                        runId,
                        one.since().toEpochMilli(),
                        one.name());
                if (before.contains(one.token())) {
                    changed.remove(one.token());
                } else {
                    changed.add(one.token());
                }
            }
        }
        for (String request : changed) {
            model.changed(Kind.APPROVALS, tenant, null, request);
        }
    }

    private static String write(Map<String, String> attributes) {
        return JSON.valueToTree(attributes == null ? Map.of() : attributes).toString();
    }
}
