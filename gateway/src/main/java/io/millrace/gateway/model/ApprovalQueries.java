package io.millrace.gateway.model;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** What can be asked of a tenant's requests for approval. */
public final class ApprovalQueries {
    private static final List<Order> LONGEST_FIRST =
            List.of(Order.ascending("w.since"), Order.ascending("w.request_id"), Order.ascending("w.run_id"));

    private final ReadModel model;

    public ApprovalQueries(ReadModel model) {
        this.model = model;
    }

    /**
     * Who looks.
     *
     * @param user null for whoever sees all of the tenant
     * @param anybody whether requests that anybody may decide are this person's too
     */
    public record Viewer(String user, boolean anybody) {
        public static final Viewer OF_ALL = new Viewer(null, true);
    }

    /** The open ones, those that wait for the longest first. */
    public Page open(Scope scope, Viewer viewer, PageRequest page) {
        return model.ask(reader -> {
            Select select = new Select(
                            "r.body, w.run_id, w.message, w.since AS waits_since",
                            "waits w LEFT JOIN requests r ON r.tenant = w.tenant AND r.request_id = w.request_id")
                    .and("w.tenant = ?", scope.tenant());
            restrict(select, viewer);
            return select.page(
                    reader, LONGEST_FIRST, page, row -> view(reader, scope, row.getString("request_id"), row));
        });
    }

    private static void restrict(Select select, Viewer viewer) {
        if (viewer.user() != null) {
            select.and(
                    "(EXISTS (SELECT 1 FROM json_each(r.approvers) WHERE value = ?)"
                            + (viewer.anybody() ? " OR json_array_length(r.approvers) = 0)" : ")"),
                    viewer.user());
        }
    }

    /** The request and what was decided; null when there is none that the viewer may see. */
    public byte[] find(Scope scope, Viewer viewer, String requestId) {
        return model.ask(reader -> {
            Select asked = new Select(
                            "r.body, r.run_id, w.message, w.since AS waits_since",
                            "requests r LEFT JOIN waits w ON w.tenant = r.tenant AND w.request_id = r.request_id"
                                    + " AND w.run_id = r.run_id")
                    .and("r.tenant = ?", scope.tenant())
                    .and("r.request_id = ?", requestId);
            restrict(asked, viewer);
            return firstOf(asked.page(
                    reader,
                    List.of(Order.ascending("r.request_id")),
                    new PageRequest(null, 1),
                    row -> view(reader, scope, requestId, row)));
        });
    }

    private static byte[] firstOf(Page page) {
        return page.items().isEmpty() ? null : page.items().get(0);
    }

    /** A request as it was asked. */
    public byte[] request(Scope scope, Viewer viewer, String requestId) {
        return model.ask(reader -> {
            Select asked = new Select("r.body", "requests r")
                    .and("r.tenant = ?", scope.tenant())
                    .and("r.request_id = ?", requestId);
            restrict(asked, viewer);
            return firstOf(asked.page(
                    reader,
                    List.of(Order.ascending("r.request_id")),
                    new PageRequest(null, 1),
                    row -> row.getBytes(1)));
        });
    }

    private static byte[] view(ModelReader reader, Scope scope, String requestId, ResultSet row) throws SQLException {
        byte[] request = row.getBytes(1);
        String runId = row.getString(2);
        String message = row.getString(3);
        long waits = row.getLong(4);
        Long since = row.wasNull() ? null : waits;
        List<byte[]> decisions = reader.all(
                "SELECT body FROM decisions WHERE tenant = ? AND request_id = ? ORDER BY partition, position",
                decision -> decision.getBytes(1),
                scope.tenant(),
                requestId);
        return ApprovalJson.of(requestId, runId, message, since, request, decisions);
    }
}
