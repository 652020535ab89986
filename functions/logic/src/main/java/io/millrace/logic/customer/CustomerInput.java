package io.millrace.logic.customer;

import java.util.UUID;

/**
 * What a customer's key is told.
 *
 * @param conversationId that the customer takes part in; null when the customer is to be erased
 * @param eventId of the event that says so
 * @param correlationId may be null
 */
public record CustomerInput(
        String tenant, String customerId, String conversationId, UUID eventId, String correlationId) {

    /** Of whoever it is about. Ids have no control characters. */
    public String key() {
        return tenant + '\n' + customerId;
    }

    boolean erases() {
        return conversationId == null;
    }
}
