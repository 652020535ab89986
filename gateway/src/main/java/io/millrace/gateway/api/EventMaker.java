package io.millrace.gateway.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.ProblemException;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.IsoDateTimes;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;

/** Makes records of events, each read before as the job will read it. */
final class EventMaker {
    private static final Pattern FIELD = Pattern.compile("^([a-z][a-z0-9_.\\[\\]]*): ");

    private final Clock clock;

    EventMaker(Clock clock) {
        this.clock = clock;
    }

    /**
     * Where an event comes from.
     *
     * @param occurredAt null for now
     * @param correlationId null for none, as {@code traceparent}
     */
    record Origin(String occurredAt, String correlationId, String traceparent) {}

    /** @throws ProblemException in words for whoever sent it, when the job would refuse it */
    AddressedRecord make(Events.Draft draft, String topic, String key, Events.Check check, Origin origin)
            throws ProblemException {
        byte[] event = write(draft, origin);
        try {
            check.read(new SourceRecord(
                    topic, 0, 0, clock.millis(), key.getBytes(StandardCharsets.UTF_8), event, List.of()));
        } catch (RejectedEventException e) {
            throw problem(e);
        }
        return AddressedRecord.to(topic, OutboundRecord.of(key, event, origin.correlationId(), origin.traceparent()));
    }

    private byte[] write(Events.Draft draft, Origin origin) {
        ObjectNode event = Json.object()
                .put("schema_version", 1)
                .put("event_id", draft.eventId().toString())
                .put("event_type", draft.type())
                .put(
                        "occurred_at",
                        origin.occurredAt() == null ? IsoDateTimes.formatUtc(clock.millis()) : origin.occurredAt())
                .put("tenant", draft.tenant());
        if (origin.correlationId() != null) {
            event.put("correlation_id", origin.correlationId());
        }
        // What is the gateway's to say is not among the fields of any form.
        draft.fields().properties().forEach(field -> {
            if (!event.has(field.getKey())) {
                event.set(field.getKey(), field.getValue());
            }
        });
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What is wrong with the event, which is what is wrong with the request. */
    static ProblemException problem(RejectedEventException e) {
        String message = e.messageWithoutPlace();
        var field = FIELD.matcher(message);
        return ProblemException.invalid(
                field.find() ? field.group(1) : null, e.code().wireName(), message);
    }
}
