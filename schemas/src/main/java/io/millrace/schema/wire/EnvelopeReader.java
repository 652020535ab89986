package io.millrace.schema.wire;

import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;

/** Reads the fields that all events have in common. An instance reads one event. */
public final class EnvelopeReader {
    /** Ids and names have at most so many characters. */
    public static final int MAX_ID = 200;

    // Bits of the fields seen.
    private static final int SCHEMA_VERSION = 1;
    private static final int EVENT_ID = 1 << 1;
    private static final int EVENT_TYPE = 1 << 2;
    private static final int OCCURRED_AT = 1 << 3;
    private static final int TENANT = 1 << 4;
    private static final int CORRELATION_ID = 1 << 5;
    private static final int SPEC_VERSION = 1 << 6;

    private final Predicate<String> knownType;

    private int seen;
    private UUID eventId;
    private String type;
    private Instant occurredAt;
    private String tenant = Envelope.DEFAULT_TENANT;
    private String correlationId;

    /** @param knownType whether this build reads events of that type from the topic */
    public EnvelopeReader(Predicate<String> knownType) {
        this.knownType = knownType;
    }

    /** Reads the field if it is one of the envelope's; says whether it is. */
    public boolean readField(String name, JsonEvent json) throws IOException, RejectedEventException {
        switch (name) {
            case "schema_version" -> {
                once(SCHEMA_VERSION, name, json);
                Precedence.requireKnownVersion(name, json);
            }
            case "event_id" -> {
                once(EVENT_ID, name, json);
                eventId = json.uuid(name);
            }
            case "event_type" -> {
                once(EVENT_TYPE, name, json);
                type = Precedence.requireKnownType(name, json, knownType);
            }
            case "occurred_at" -> {
                once(OCCURRED_AT, name, json);
                occurredAt = json.instant(name);
            }
            case "tenant" -> {
                once(TENANT, name, json);
                tenant = json.isNull() ? Envelope.DEFAULT_TENANT : json.identifier(name, MAX_ID);
            }
            case "correlation_id" -> {
                once(CORRELATION_ID, name, json);
                String text = json.isNull() ? "" : json.string(name, 0, MAX_ID);
                correlationId = text.isEmpty() ? null : text;
            }
            case "specversion" -> seen |= SPEC_VERSION;
            default -> {
                return false;
            }
        }
        return true;
    }

    private void once(int bit, String field, JsonEvent json) throws RejectedEventException {
        if ((seen & bit) != 0) {
            throw json.duplicate(field);
        }
        seen |= bit;
    }

    /**
     * What was read, and what the event lacks and its CloudEvent has.
     *
     * @throws RejectedEventException when something is missing
     */
    public Envelope finish(CloudEvent cloudEvent) throws RejectedEventException {
        if ((seen & SCHEMA_VERSION) == 0 && (seen & SPEC_VERSION) != 0) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_ENVELOPE, "data: is a CloudEvent itself; an event has one envelope at most");
        }
        require((seen & SCHEMA_VERSION) != 0, "schema_version");
        UUID id = eventId != null ? eventId : cloudEvent.eventId();
        require(id != null, "event_id");
        String outer = cloudEvent.eventType();
        String finalType = type != null ? type : outer != null && knownType.test(outer) ? outer : null;
        if (finalType == null && cloudEvent.eventId() != null) {
            throw new RejectedEventException(
                    ErrorCode.UNKNOWN_TYPE, "event_type: missing, and the type of the CloudEvent is none of ours");
        }
        require(finalType != null, "event_type");
        Instant time = occurredAt != null ? occurredAt : cloudEvent.time();
        require(time != null, "occurred_at");
        return new Envelope(id, finalType, time, tenant, correlationId, cloudEvent.traceparent());
    }

    private static void require(boolean present, String field) throws RejectedEventException {
        if (!present) {
            throw new RejectedEventException(ErrorCode.MISSING_FIELD, field + ": missing");
        }
    }
}
