package io.millrace.gateway.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.access.Caller;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.log.EventLog;
import io.millrace.gateway.log.LogPosition;
import io.millrace.schema.wire.RecordKey;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.TraceContext;
import io.millrace.schema.wire.Uuid5;
import java.util.UUID;

/** Makes events of calls, has them read as the job will read them, and writes them to the log. */
final class Events {
    private static final UUID NAMESPACE = UUID.fromString("5f6f1c0e-9d43-5b0e-8a57-0c1b6f1d2a34");
    private static final int MAX_KEY = 200;

    private final EventLog log;
    private final EventMaker maker;

    Events(EventLog log, EventMaker maker) {
        this.log = log;
        this.maker = maker;
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
        EventMaker.Origin origin =
                new EventMaker.Origin(null, correlationId(call), TraceContext.orNull(call.header("traceparent")));
        LogPosition at = log.append(maker.make(draft, topic, key, check, origin));
        ObjectNode answer = Json.object().put("event_id", draft.eventId().toString());
        answer.setAll(also);
        answer.put("position", at.toString());
        return Reply.json(202, answer);
    }

    private static String correlationId(Call call) throws ProblemException {
        String id = call.header("Correlation-Id");
        if (id != null && (id.isEmpty() || id.length() > MAX_KEY)) {
            throw ProblemException.ofField(
                    "Correlation-Id", "invalid_value", "must have 1 to " + MAX_KEY + " characters");
        }
        return id;
    }
}
