package io.millrace.gateway.model;

import io.millrace.schema.event.EventType;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.WorkflowEvent;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the steps of runs are, from {@code workflow-events}: of each step and round the latest state. Those of a run are in
 * order and numbered; a run is told of from its first event on, and one that was let go does not come again.
 */
final class StepFeed implements Feed {
    /** Runs of a tenant whose steps are kept, those that began last. */
    static final int KEPT_RUNS = 1_000;
    /** Steps and rounds that are kept of a run, the first ones. */
    static final int KEPT_STEPS = 300;

    private static final int MAX_DETAIL = 500;

    private final Set<String> grown = new HashSet<>();

    @Override
    public List<String> tables() {
        return List.of(
                "CREATE TABLE histories (tenant TEXT NOT NULL, run_id TEXT NOT NULL, began INTEGER NOT NULL,"
                        + " number INTEGER NOT NULL, PRIMARY KEY (tenant, run_id)) WITHOUT ROWID",
                "CREATE INDEX histories_by_time ON histories (tenant, began, run_id)",
                "CREATE TABLE steps (tenant TEXT NOT NULL, run_id TEXT NOT NULL, step TEXT NOT NULL,"
                        + " iteration TEXT NOT NULL, place INTEGER NOT NULL, state TEXT NOT NULL, kind TEXT,"
                        + " attempts INTEGER NOT NULL, started INTEGER NOT NULL, duration INTEGER, cost INTEGER NOT NULL,"
                        + " detail TEXT, PRIMARY KEY (tenant, run_id, step, iteration)) WITHOUT ROWID");
    }

    @Override
    public boolean follows(String topic) {
        return topic.equals(Topics.WORKFLOW_EVENTS);
    }

    @Override
    public Change read(SourceRecord record) throws RejectedEventException {
        WorkflowEvent event = WorkflowEvent.read(record);
        return model -> apply(event, model);
    }

    private void apply(WorkflowEvent event, ModelWriter model) throws SQLException {
        String tenant = event.envelope().tenant();
        long at = event.envelope().occurredAt().toEpochMilli();
        Told told = model.first(
                "SELECT began, number FROM histories WHERE tenant = ? AND run_id = ?",
                row -> new Told(row.getLong(1), row.getLong(2)),
                tenant,
                event.runId());
        boolean begins = event.number() == 1 && (told == null || told.began() < at);
        if (!begins && (told == null || event.number() <= told.number())) {
            return;
        }
        if (begins) {
            // Under an id whose run is over and forgotten another one may begin.
            forget(tenant, event.runId(), model);
            grown.add(tenant);
        }
        model.update(
                "INSERT INTO histories (tenant, run_id, began, number) VALUES (?, ?, ?, ?) ON CONFLICT (tenant, run_id)"
                        + " DO UPDATE SET number = excluded.number",
                tenant,
                event.runId(),
                at,
                event.number());
        String state = stateAfter(event.change());
        if (event.step() != null && !event.step().isEmpty() && state != null) {
            take(event, state, at, model);
        }
    }

    /** What is known of a run. */
    private record Told(long began, long number) {}

    private static void forget(String tenant, String runId, ModelWriter model) throws SQLException {
        model.update("DELETE FROM histories WHERE tenant = ? AND run_id = ?", tenant, runId);
        model.update("DELETE FROM steps WHERE tenant = ? AND run_id = ?", tenant, runId);
    }

    private static void take(WorkflowEvent event, String state, long at, ModelWriter model) throws SQLException {
        String tenant = event.envelope().tenant();
        String iteration = event.iteration() == null ? "" : event.iteration();
        long cost = event.costMicros() == null ? 0 : event.costMicros();
        int known = model.update(
                "UPDATE steps SET state = ?, kind = coalesce(?, kind), attempts = max(attempts, ?),"
                        + " duration = coalesce(?, duration), cost = cost + ?, detail = ?"
                        + " WHERE tenant = ? AND run_id = ? AND step = ? AND iteration = ?",
                state,
                event.kind(),
                event.attempt(),
                event.durationMs(),
                cost,
                detail(event),
                tenant,
                event.runId(),
                event.step(),
                iteration);
        if (known == 0) {
            model.update(
                    "INSERT INTO steps (tenant, run_id, step, iteration, place, state, kind, attempts, started, duration,"
                            + " cost, detail) SELECT ?, ?, ?, ?, count(*), ?, ?, ?, ?, ?, ?, ? FROM steps"
                            + " WHERE tenant = ? AND run_id = ? HAVING count(*) < ?",
                    tenant,
                    event.runId(),
                    event.step(),
                    iteration,
                    state,
                    event.kind(),
                    event.attempt(),
                    at,
                    event.durationMs(),
                    cost,
                    detail(event),
                    tenant,
                    event.runId(),
                    KEPT_STEPS);
        }
    }

    /** Null for what says nothing of a step's state. */
    private static String stateAfter(WorkflowEvent.Change change) {
        return switch (change) {
            case STEP_STARTED, STEP_WAITING, STEP_RETRIED, STEP_COMPLETED, STEP_FAILED, STEP_CANCELLED, STEP_SKIPPED ->
                EventType.wireName(change).substring("step_".length());
            default -> null;
        };
    }

    private static String detail(WorkflowEvent event) {
        String detail = event.error() == null
                ? event.detail()
                : event.error().detail() == null
                        ? event.error().title()
                        : event.error().detail();
        return detail == null || detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL);
    }

    @Override
    public void trim(ModelWriter model) throws SQLException {
        for (String tenant : grown) {
            List<String> gone = model.all(
                    "DELETE FROM histories WHERE tenant = ? AND (began, run_id) <= (SELECT began, run_id FROM histories"
                            + " WHERE tenant = ? ORDER BY began DESC, run_id DESC LIMIT 1 OFFSET ?) RETURNING run_id",
                    row -> row.getString(1),
                    tenant,
                    tenant,
                    KEPT_RUNS);
            for (String run : gone) {
                model.update("DELETE FROM steps WHERE tenant = ? AND run_id = ?", tenant, run);
            }
        }
        grown.clear();
    }
}
