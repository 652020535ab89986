package io.millrace.gateway.model;

import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.ApprovalRequested;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What was asked and what people answered. Whether a request is open the run says, see {@link RunFeed}; the two come on
 * topics of their own, in any order.
 */
final class ApprovalFeed implements Feed {
    /** Requests that are kept of a tenant, open ones or not. */
    static final int KEPT_REQUESTS = 10_000;
    /** Decisions that are kept of a request, the first ones. */
    static final int KEPT_DECISIONS = 100;

    private final Set<String> grown = new HashSet<>();

    @Override
    public List<String> tables() {
        return List.of(
                "CREATE TABLE requests (tenant TEXT NOT NULL, request_id TEXT NOT NULL, level INTEGER NOT NULL,"
                        + " requested INTEGER NOT NULL, run_id TEXT NOT NULL, approvers TEXT NOT NULL, body BLOB NOT NULL,"
                        + " PRIMARY KEY (tenant, request_id))",
                "CREATE INDEX requests_by_time ON requests (tenant, requested, request_id)",
                "CREATE TABLE decisions (tenant TEXT NOT NULL, request_id TEXT NOT NULL, partition INTEGER NOT NULL,"
                        + " position INTEGER NOT NULL, body BLOB NOT NULL,"
                        + " PRIMARY KEY (tenant, request_id, partition, position)) WITHOUT ROWID");
    }

    @Override
    public boolean follows(String topic) {
        return topic.equals(Topics.APPROVAL_REQUESTS) || topic.equals(Topics.APPROVAL_DECISIONS);
    }

    @Override
    public Change read(SourceRecord record) throws RejectedEventException {
        if (record.topic().equals(Topics.APPROVAL_REQUESTS)) {
            ApprovalRequested request = ApprovalRequested.read(record);
            byte[] body = request.toJson();
            return model -> ask(request, body, model);
        }
        ApprovalDecided decision = ApprovalDecided.read(record);
        byte[] body = decision.toJson();
        return model -> decide(decision, record.partition(), record.offset(), body, model);
    }

    private void ask(ApprovalRequested request, byte[] body, ModelWriter model) throws SQLException {
        String tenant = request.envelope().tenant();
        Integer level = model.first(
                "SELECT level FROM requests WHERE tenant = ? AND request_id = ?",
                row -> row.getInt(1),
                tenant,
                request.requestId());
        if (level != null && level >= request.level()) {
            return;
        }
        model.update(
                "INSERT OR REPLACE INTO requests (tenant, request_id, level, requested, run_id, approvers, body)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                tenant,
                request.requestId(),
                request.level(),
                request.envelope().occurredAt().toEpochMilli(),
                request.runId(),
                JsonArray.of(request.approvers()),
                body);
        grown.add(tenant);
        model.changed(Kind.APPROVALS, tenant, null, request.requestId());
    }

    private static void decide(ApprovalDecided decision, int partition, long offset, byte[] body, ModelWriter model)
            throws SQLException {
        String tenant = decision.envelope().tenant();
        model.update(
                "INSERT OR IGNORE INTO decisions (tenant, request_id, partition, position, body) VALUES (?, ?, ?, ?, ?)",
                tenant,
                decision.requestId(),
                partition,
                offset,
                body);
        model.update(
                "DELETE FROM decisions WHERE tenant = ? AND request_id = ? AND (partition, position) >= (SELECT partition,"
                        + " position FROM decisions WHERE tenant = ? AND request_id = ? ORDER BY partition, position LIMIT 1"
                        + " OFFSET ?)",
                tenant,
                decision.requestId(),
                tenant,
                decision.requestId(),
                KEPT_DECISIONS);
        model.changed(Kind.APPROVALS, tenant, null, decision.requestId());
    }

    @Override
    public void trim(ModelWriter model) throws SQLException {
        for (String tenant : grown) {
            model.update(
                    "DELETE FROM requests WHERE tenant = ? AND (requested, request_id) <= (SELECT requested, request_id FROM"
                            + " requests WHERE tenant = ? ORDER BY requested DESC, request_id DESC LIMIT 1 OFFSET ?)",
                    tenant,
                    tenant,
                    KEPT_REQUESTS);
        }
        grown.clear();
    }
}
