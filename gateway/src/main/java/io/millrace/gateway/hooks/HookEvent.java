package io.millrace.gateway.hooks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/**
 * An event that a delivery comes to.
 *
 * @param eventId the same for the same delivery
 * @param occurredAt an ISO 8601 date-time, which may be wrong; null for when it came
 */
public record HookEvent(UUID eventId, String type, String occurredAt, ObjectNode fields) {}
