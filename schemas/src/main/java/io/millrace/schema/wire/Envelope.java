package io.millrace.schema.wire;

import java.time.Instant;
import java.util.UUID;

/**
 * What all events have in common.
 *
 * @param occurredAt when it happened for its producer, millisecond precision
 * @param tenant never null; {@link #DEFAULT_TENANT} when the event has none
 * @param correlationId may be null
 * @param traceparent W3C trace context of the producer; may be null
 */
public record Envelope(
        UUID eventId, String type, Instant occurredAt, String tenant, String correlationId, String traceparent) {

    public static final String DEFAULT_TENANT = "default";
}
