package io.millrace.gateway.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.access.Caller;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.log.EventLog;
import io.millrace.gateway.log.LogPosition;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.IsoDateTimes;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RecordKey;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.TraceContext;
import io.millrace.schema.wire.Uuid5;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** Makes events of calls, has them read as the job will read them, and writes them to the log. */
final class Events {
    private static final UUID NAMESPACE = UUID.fromString("5f6f1c0e-9d43-5b0e-8a57-0c1b6f1d2a34");
    private static final int MAX_KEY = 200;
    private static final Pattern FIELD = Pattern.compile("^([a-z][a-z0-9_.\\[\\]]*): ");

    private final EventLog log;
    private final Clock clock;

    Events(EventLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Reads the event as the job will. */
    @FunctionalInterface
    interface Check {
        void read(SourceRecord record) throws RejectedEventException;
    }

    /** An event in the making. */
    record Draft(UUID eventId, String type, String tenant, ObjectNode fields) {
        /** Gives a field that is not the caller's to give. */
        Draft with(String field, String value) {
            fields.put(field, value);
            return this;
        }
    }

    /**
     * Begins an event with the fields of the call's form.
     *
     * @param scope what tells the event from those of other routes and things
     */
    Draft draft(Call call, String type, String tenant, String... scope) throws ProblemException {
        return new Draft(eventId(call, type, tenant, scope), type, tenant, call.form());
    }

    /** As {@link #draft}, of a call whose route has no form, or whose form is not the event. */
    Draft empty(Call call, String type, String tenant, String... scope) throws ProblemException {
        return new Draft(eventId(call, type, tenant, scope), type, tenant, Json.object());
    }

    /**
     * The same for the same {@code Idempotency-Key} of a caller, so that a request can be sent again: two whose clients count
     * 1, 2, 3 mean different things by it.
     */
    private static UUID eventId(Call call, String type, String tenant, String... scope) throws ProblemException {
        String key = call.header("Idempotency-Key");
        if (key == null) {
            return UUID.randomUUID();
        }
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw ProblemException.ofField(
                    "Idempotency-Key", "invalid_value", "must have 1 to " + MAX_KEY + " characters");
        }
        return Uuid5.of(NAMESPACE, RecordKey.of(tenant, type, RecordKey.of(scope), owner(call.caller()), key));
    }

    /** A person is the same by whatever key they come. */
    private static String owner(Caller caller) {
        return caller.user() == null ? RecordKey.of("key", caller.name()) : RecordKey.of("user", caller.user());
    }

    /**
     * Writes an event, and answers where it is.
     *
     * @param key of the record
     * @param also what else the answer says
     */
    Reply publish(Call call, Draft draft, String topic, String key, Check check, ObjectNode also)
            throws ProblemException {
        byte[] event = write(draft, correlationId(call));
        try {
            check.read(new SourceRecord(
                    topic, 0, 0, clock.millis(), key.getBytes(StandardCharsets.UTF_8), event, List.of()));
        } catch (RejectedEventException e) {
            throw problem(e);
        }
        String traceparent = TraceContext.orNull(call.header("traceparent"));
        LogPosition at =
                log.append(AddressedRecord.to(topic, OutboundRecord.of(key, event, correlationId(call), traceparent)));
        ObjectNode answer = Json.object().put("event_id", draft.eventId().toString());
        answer.setAll(also);
        answer.put("position", at.toString());
        return Reply.json(202, answer);
    }

    private byte[] write(Draft draft, String correlationId) {
        ObjectNode event = Json.object()
                .put("schema_version", 1)
                .put("event_id", draft.eventId().toString())
                .put("event_type", draft.type())
                .put("occurred_at", IsoDateTimes.formatUtc(clock.millis()))
                .put("tenant", draft.tenant());
        if (correlationId != null) {
            event.put("correlation_id", correlationId);
        }
        // What is the gateway's to say is not among the fields of any form.
        draft.fields().properties().forEach(field -> {
            if (!event.has(field.getKey())) {
                event.set(field.getKey(), field.getValue());
            }
        });
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String correlationId(Call call) throws ProblemException {
        String id = call.header("Correlation-Id");
        if (id != null && (id.isEmpty() || id.length() > MAX_KEY)) {
            throw ProblemException.ofField(
                    "Correlation-Id", "invalid_value", "must have 1 to " + MAX_KEY + " characters");
        }
        return id;
    }

    /** What is wrong with the event, which is what is wrong with the request. */
    static ProblemException problem(RejectedEventException e) {
        String message = e.messageWithoutPlace();
        var field = FIELD.matcher(message);
        return ProblemException.invalid(
                field.find() ? field.group(1) : null, e.code().wireName(), message);
    }
}
