package io.millrace.gateway.model;

import java.util.List;

/** What can be asked of a tenant's workflows. */
public final class WorkflowQueries {
    private static final String FROM_ONE = " FROM workflows WHERE tenant = ? AND workflow = ? AND ";

    private final ReadModel model;

    public WorkflowQueries(ReadModel model) {
        this.model = model;
    }

    /** By name, each in the version that a start takes which names none. */
    public Page list(Scope scope, PageRequest page) {
        return model.ask(reader -> new Select("card", "workflows")
                .and("tenant = ?", scope.tenant())
                .and("preferred = 1")
                .page(reader, List.of(Order.ascending("workflow")), page, row -> row.getBytes(1)));
    }

    /**
     * What it is told by.
     *
     * @param version null for the one that a start takes which names none
     * @return null when there is none
     */
    public byte[] card(Scope scope, String workflow, String version) {
        return first("card", scope, workflow, version, row -> row.getBytes(1));
    }

    /** As somebody wrote it down; otherwise like {@link #card}. */
    public String text(Scope scope, String workflow, String version) {
        return first("text", scope, workflow, version, row -> row.getString(1));
    }

    /** It as JSON; otherwise like {@link #card}. */
    public byte[] document(Scope scope, String workflow, String version) {
        return first("document", scope, workflow, version, row -> row.getBytes(1));
    }

    private <T> T first(String column, Scope scope, String workflow, String version, Rows.Mapper<T> mapper) {
        String sql = "SELECT " + column + FROM_ONE;
        return model.ask(reader -> version == null
                ? reader.first(sql + "preferred = 1", mapper, scope.tenant(), workflow)
                : reader.first(sql + "version = ?", mapper, scope.tenant(), workflow, version));
    }
}
