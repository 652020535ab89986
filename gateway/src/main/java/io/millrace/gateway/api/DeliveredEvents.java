package io.millrace.gateway.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.hooks.HookEvent;
import io.millrace.gateway.hooks.HookRequest;
import io.millrace.gateway.hooks.HookSource;
import io.millrace.gateway.hooks.MappingException;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.ProblemException;
import io.millrace.schema.wire.AddressedRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What deliveries of senders come to. */
public final class DeliveredEvents {
    private final EventMaker maker;

    public DeliveredEvents(Clock clock) {
        this(new EventMaker(clock));
    }

    DeliveredEvents(EventMaker maker) {
        this.maker = maker;
    }

    static List<HookEvent> of(HookSource source, HookRequest request) throws ProblemException {
        try {
            return source.events(request, Json.read(request.body()));
        } catch (MappingException e) {
            throw ProblemException.of(400, "invalid_mapping", e.getMessage());
        }
    }

    /** All of them, or the first problem: a delivery is taken whole. */
    List<AddressedRecord> records(HookSource source, List<HookEvent> events, String traceparent)
            throws ProblemException {
        List<AddressedRecord> records = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            HookEvent event = events.get(i);
            try {
                records.add(Inbound.of(event.type())
                        .make(
                                maker,
                                new Events.Draft(event.eventId(), event.type(), source.tenant(), event.fields()),
                                "hook " + source.name(),
                                new EventMaker.Origin(event.occurredAt(), null, traceparent)));
            } catch (ProblemException e) {
                throw e.within("events[" + i + "]");
            }
        }
        return records;
    }

    /**
     * What a delivery would come to: {@code {"items": [{"topic": …, "event": …}]}}. Its signature is not looked at, and
     * nothing is written.
     *
     * @throws ProblemException saying what is wrong with it
     */
    public ObjectNode tried(HookSource source, HookRequest request) throws ProblemException {
        ObjectNode answer = Json.object();
        ArrayNode items = answer.putArray("items");
        for (AddressedRecord record : records(source, of(source, request), null)) {
            items.addObject().put("topic", record.topic()).set("event", Json.read(record.value()));
        }
        return answer;
    }
}
