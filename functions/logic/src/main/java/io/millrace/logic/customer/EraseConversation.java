package io.millrace.logic.customer;

import java.util.UUID;

/**
 * To have a conversation erased, by an event on the topic that all of the conversation is on.
 *
 * @param eventId uuid5 of the conversation and the event that asked for it: the same whenever it is sent again
 * @param request the event that asked for it
 * @param at log time of what brought it about, milliseconds since the epoch
 * @param correlationId may be null
 */
public record EraseConversation(
        UUID eventId, String tenant, String conversationId, UUID request, long at, String correlationId) {}
