package io.millrace.gateway.model;

import java.util.List;
import java.util.Set;

/** What can be asked of a tenant's conversations. */
public final class ConversationQueries {
    private static final List<Order> LATEST_FIRST =
            List.of(Order.descending("started"), Order.descending("conversation_id"));

    private final ReadModel model;

    public ConversationQueries(ReadModel model) {
        this.model = model;
    }

    /**
     * Which conversations.
     *
     * @param states wire names; empty for all
     * @param customer null for all, as {@code assignedTo}
     */
    public record Query(Set<String> states, String customer, String assignedTo) {}

    /** Those that began last come first. */
    public Page list(Scope scope, Query query, PageRequest page) {
        return model.ask(reader -> new Select("body", "conversations")
                .and("tenant = ?", scope.tenant())
                .in("state", query.states())
                .andIf(query.customer(), "customer = ?")
                .andIf(query.assignedTo(), "assigned = ?")
                .page(reader, LATEST_FIRST, page, row -> row.getBytes(1)));
    }

    /** Null when there is none. */
    public byte[] find(Scope scope, String conversationId) {
        return model.ask(reader -> reader.first(
                "SELECT body FROM conversations WHERE tenant = ? AND conversation_id = ?",
                row -> row.getBytes(1),
                scope.tenant(),
                conversationId));
    }

    /** 0 when there is no such conversation. */
    public long version(Scope scope, String conversationId) {
        Long version = model.ask(reader -> reader.first(
                "SELECT version FROM conversations WHERE tenant = ? AND conversation_id = ?",
                row -> row.getLong(1),
                scope.tenant(),
                conversationId));
        return version == null ? 0 : version;
    }
}
