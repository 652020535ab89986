package io.millrace.logic.customer;

import java.util.List;
import java.util.UUID;

/**
 * The conversations of a customer, immutable.
 *
 * @param links the one that was seen longest ago first
 * @param incomplete whether there were more than are remembered
 * @param erasedAt log time of the last erasure, milliseconds since the epoch; 0 for none
 * @param erasedBy the event that asked for it; null for none
 */
public record CustomerState(List<Link> links, boolean incomplete, long erasedAt, UUID erasedBy) {
    static final CustomerState NOBODY = new CustomerState(List.of(), false, 0, null);

    /**
     * A conversation.
     *
     * @param seenAt log time when the customer was last known to take part, within a day; milliseconds since the epoch
     */
    record Link(String conversationId, long seenAt) {}

    CustomerState with(List<Link> links, boolean incomplete) {
        return new CustomerState(List.copyOf(links), incomplete, erasedAt, erasedBy);
    }

    CustomerState orNull() {
        return links.isEmpty() && erasedBy == null ? null : this;
    }
}
