package io.millrace.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.access.Caller;
import io.millrace.gateway.access.Role;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.log.EventLog;
import io.millrace.schema.wire.AddressedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Events that come whole, as CloudEvents: their types say to which topic they go. */
final class CloudEventRoutes {
    private static final String GROUP = "Events";
    private static final int MAX_BYTES = 1 << 20;
    private static final String USER_ID = "user_id";
    private static final String SCHEMA_VERSION = "schema_version";
    private static final String TENANT = "tenant";

    private final EventMaker maker;
    private final EventLog log;

    CloudEventRoutes(EventMaker maker, EventLog log) {
        this.maker = maker;
        this.log = log;
    }

    List<Route> all() {
        return List.of(Route.post("/v1/events")
                .named("sendEvents", GROUP, "CloudEvents 1.0: one, a batch, or one whose attributes are headers.")
                .forRoles(Role.USER, Role.OPERATOR)
                .with(raw())
                .answers(202, "All are in the log, in their order.", Written.schema())
                .by(this::send));
    }

    static Route.Raw raw() {
        return new Route.Raw(MAX_BYTES, Set.of(CloudEvents.STRUCTURED, CloudEvents.BATCH, Reply.JSON), example());
    }

    private static ObjectNode example() {
        ObjectNode event = Json.object()
                .put("specversion", "1.0")
                .put("id", "1731")
                .put("source", "/shop")
                .put("type", "task.created")
                .put("time", "2026-12-01T08:00:00Z");
        event.putObject("data").put("title", "Pay the rent");
        return event;
    }

    /** All are looked at before the first is written. */
    Reply send(Call call) throws ProblemException {
        List<CloudEvents> events = CloudEvents.of(call.headers(), call.body());
        List<AddressedRecord> records = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            try {
                records.add(record(call.caller(), events.get(i)));
            } catch (ProblemException e) {
                throw events.size() == 1 ? e : e.within("[" + i + "]");
            }
        }
        return Written.of(events, CloudEvents::eventId, CloudEvents::type, log.append(records));
    }

    private AddressedRecord record(Caller caller, CloudEvents event) throws ProblemException {
        Inbound inbound = Inbound.of(event.type());
        if (!caller.isAnyOf(inbound.roles())) {
            throw ProblemException.forbidden("events of the type " + event.type() + " are for operators");
        }
        ObjectNode data = event.data();
        JsonNode tenant = data.remove(TENANT);
        if (tenant != null && !tenant.isNull() && !tenant.asText().equals(caller.tenant())) {
            throw ProblemException.forbidden("tenant: is not the caller's");
        }
        JsonNode version = data.remove(SCHEMA_VERSION);
        if (version != null && !(version.isInt() && version.intValue() == 1)) {
            throw ProblemException.ofField(SCHEMA_VERSION, "unknown_version", "must be 1");
        }
        if (inbound.key().equals(USER_ID) && !data.has(USER_ID) && caller.user() != null) {
            data.put(USER_ID, caller.user());
        }
        Events.Draft draft = new Events.Draft(event.eventId(), event.type(), caller.tenant(), data);
        if (!caller.is(Role.OPERATOR) && !inbound.isOf(draft, caller.user())) {
            throw ProblemException.forbidden("user_id: only operators may send events of others");
        }
        String by = caller.user() == null ? caller.name() : caller.user();
        return inbound.make(maker, draft, by, new EventMaker.Origin(event.occurredAt(), null, event.traceparent()));
    }
}
