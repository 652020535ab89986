package io.millrace.gateway.model;

import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.ApprovalRequested;
import java.nio.charset.StandardCharsets;
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
    /** Decisions that are kept of a tenant, about requests that are not kept or did not come yet; the latest ones. */
    static final int KEPT_STRAY = 1_000;
    /** Larger data of a decision is not kept: all decisions are shown with their request. */
    static final int KEPT_DATA_BYTES = 4 * 1024;

    private final Set<String> grown = new HashSet<>();

    @Override
    public List<String> tables() {
        return List.of(
                "CREATE TABLE requests (tenant TEXT NOT NULL, request_id TEXT NOT NULL, level INTEGER NOT NULL,"
                        + " requested INTEGER NOT NULL, run_id TEXT NOT NULL, approvers TEXT NOT NULL, body BLOB NOT NULL,"
                        + " PRIMARY KEY (tenant, request_id))",
                "CREATE INDEX requests_by_time ON requests (tenant, requested, request_id)",
                "CREATE TABLE decisions (tenant TEXT NOT NULL, request_id TEXT NOT NULL, partition INTEGER NOT NULL,"
                        + " position INTEGER NOT NULL, logged INTEGER NOT NULL, stray INTEGER NOT NULL,"
                        + " body BLOB NOT NULL, PRIMARY KEY (tenant, request_id, partition, position)) WITHOUT ROWID",
                "CREATE INDEX stray_decisions ON decisions (tenant, logged, partition, position) WHERE stray = 1");
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
        byte[] body = bounded(decision).toJson();
        return model -> decide(decision, record, body, model);
    }

    private static ApprovalDecided bounded(ApprovalDecided decision) {
        if (decision.data() == null || decision.data().getBytes(StandardCharsets.UTF_8).length <= KEPT_DATA_BYTES) {
            return decision;
        }
        return new ApprovalDecided(
                decision.envelope(),
                decision.runId(),
                decision.requestId(),
                decision.choice(),
                decision.by(),
                decision.comment(),
                null);
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
        if (level == null) {
            mark(tenant, request.requestId(), false, model);
        }
        grown.add(tenant);
        model.changed(Kind.APPROVALS, tenant, null, request.requestId());
    }

    private static void mark(String tenant, String requestId, boolean stray, ModelWriter model) throws SQLException {
        model.update(
                "UPDATE decisions SET stray = ? WHERE tenant = ? AND request_id = ?", stray ? 1 : 0, tenant, requestId);
    }

    private void decide(ApprovalDecided decision, SourceRecord record, byte[] body, ModelWriter model)
            throws SQLException {
        String tenant = decision.envelope().tenant();
        model.update(
                "INSERT OR IGNORE INTO decisions (tenant, request_id, partition, position, logged, stray, body) VALUES (?,"
                        + " ?, ?, ?, ?, NOT EXISTS (SELECT 1 FROM requests WHERE tenant = ? AND request_id = ?), ?)",
                tenant,
                decision.requestId(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                tenant,
                decision.requestId(),
                body);
        grown.add(tenant);
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

    /**
     * Decisions of a request that goes are stray from then on, as those that come later are: so it makes no difference
     * where a batch ended.
     */
    @Override
    public void trim(ModelWriter model) throws SQLException {
        for (String tenant : grown) {
            List<String> gone = model.all(
                    "DELETE FROM requests WHERE tenant = ? AND (requested, request_id) <= (SELECT requested, request_id FROM"
                            + " requests WHERE tenant = ? ORDER BY requested DESC, request_id DESC LIMIT 1 OFFSET ?)"
                            + " RETURNING request_id",
                    row -> row.getString(1),
                    tenant,
                    tenant,
                    KEPT_REQUESTS);
            for (String request : gone) {
                mark(tenant, request, true, model);
            }
            model.update(
                    "DELETE FROM decisions WHERE stray = 1 AND tenant = ? AND (logged, partition, position) <= (SELECT logged,"
                            + " partition, position FROM decisions WHERE stray = 1 AND tenant = ? ORDER BY logged DESC,"
                            + " partition DESC, position DESC LIMIT 1 OFFSET ?)",
                    tenant,
                    tenant,
                    KEPT_STRAY);
        }
        grown.clear();
    }
}
