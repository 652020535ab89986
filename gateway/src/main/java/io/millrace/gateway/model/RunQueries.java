package io.millrace.gateway.model;

import java.util.List;
import java.util.Set;

/** What can be asked of a tenant's runs of workflows. */
public final class RunQueries {
    private static final List<Order> LATEST_FIRST = List.of(Order.descending("started"), Order.descending("run_id"));

    private final ReadModel model;

    public RunQueries(ReadModel model) {
        this.model = model;
    }

    /**
     * Which runs.
     *
     * @param states wire names; empty for all
     * @param workflow null for all
     * @param attribute the name of one that it has; null for any
     * @param value of the attribute
     */
    public record Query(Set<String> states, String workflow, String attribute, String value) {}

    /** Those that were started last come first. */
    public Page list(Scope scope, Query query, PageRequest page) {
        return model.ask(reader -> {
            Select select = new Select("body", "runs")
                    .and("tenant = ?", scope.tenant())
                    .in("state", query.states())
                    .andIf(query.workflow(), "workflow = ?");
            if (query.attribute() != null) {
                select.and(
                        "EXISTS (SELECT 1 FROM json_each(attributes) WHERE key = ? AND value = ?)",
                        query.attribute(),
                        query.value());
            }
            return select.page(reader, LATEST_FIRST, page, row -> row.getBytes(1));
        });
    }

    /** Null when there is none. */
    public byte[] find(Scope scope, String runId) {
        return model.ask(reader -> reader.first(
                "SELECT body FROM runs WHERE tenant = ? AND run_id = ?",
                row -> row.getBytes(1),
                scope.tenant(),
                runId));
    }

    /** The number of its latest event; 0 when there is no such run. */
    public long version(Scope scope, String runId) {
        Long number = model.ask(reader -> reader.first(
                "SELECT number FROM runs WHERE tenant = ? AND run_id = ?",
                row -> row.getLong(1),
                scope.tenant(),
                runId));
        return number == null ? 0 : number;
    }
}
