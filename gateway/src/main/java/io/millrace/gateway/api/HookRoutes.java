package io.millrace.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.access.Role;
import io.millrace.gateway.hooks.HookEvent;
import io.millrace.gateway.hooks.HookRequest;
import io.millrace.gateway.hooks.HookSource;
import io.millrace.gateway.hooks.Hooks;
import io.millrace.gateway.hooks.UnsignedException;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Form;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Metrics;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.RateLimit;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.log.EventLog;
import io.millrace.gateway.log.LogUnavailableException;
import io.millrace.gateway.openapi.EventForms;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.TraceContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Deliveries of senders that know nothing of Millrace: the signature is the login, and a file says what becomes of them. */
final class HookRoutes {
    /** The figure of deliveries. */
    static final String HOOKS = "gateway_hooks_total";

    private static final String GROUP = "Webhooks";
    private static final int MAX_BYTES = 1 << 20;
    private static final String NO_SOURCE = "there is no such source; hooks.file names those that there are";
    private static final Parameter<String> SOURCE = Parameter.path("source", "The sender, as hooks.file names it.");
    private static final String EXAMPLE = "{\"body\":{\"title\":\"Pay the rent\"},\"headers\":{\"X-Delivery\":\"1\"}}";

    private final Hooks hooks;
    private final DeliveredEvents delivered;
    private final EventLog log;
    private final RateLimit rates;
    private final Metrics.Counter deliveries;
    private final Clock clock;

    /** @param rates of senders */
    HookRoutes(Hooks hooks, EventMaker maker, EventLog log, RateLimit rates, Metrics metrics, Clock clock) {
        this.hooks = hooks;
        delivered = new DeliveredEvents(maker);
        this.log = log;
        this.rates = rates;
        deliveries = metrics.counter(HOOKS, "Deliveries of senders, by source and outcome.", "source", "outcome");
        this.clock = clock;
    }

    List<Route> all() {
        ObjectNode sent = Json.object().put("title", "Pay the rent");
        return List.of(
                Route.post("/hooks/{source}")
                        .named("hook", GROUP, "A delivery of a sender, whose signature is its login.")
                        .with(SOURCE)
                        .with(new Route.Raw(MAX_BYTES, Set.of(), sent))
                        .answers(202, "The events are in the log; 200 when it comes to none.", Written.schema())
                        .by(this::deliver),
                Route.post("/v1/hooks/{source}/dry-run")
                        .named("dryRunHook", GROUP, "What a delivery would come to. Nothing is written.")
                        .forRoles(Role.PLATFORM)
                        .with(SOURCE)
                        .with(form())
                        .answers(
                                200,
                                "The events.",
                                Answers.pageOf(Answers.object("topic", "string", "event", "object")))
                        .by(this::dryRun));
    }

    private static Form form() {
        ObjectNode fields = Json.object();
        fields.putObject("body").put("description", "What the sender would send, JSON.");
        fields.putObject("headers").put("type", "object").put("description", "Texts by name.");
        fields.putObject("query").put("type", "object").put("description", "Texts by name.");
        return EventForms.of(fields, List.of("body"), EXAMPLE);
    }

    private HookSource source(Call call) throws ProblemException {
        HookSource source = hooks.source(call.get(SOURCE));
        if (source == null) {
            throw ProblemException.notFound(NO_SOURCE);
        }
        return source;
    }

    private Reply deliver(Call call) throws ProblemException {
        HookSource source = source(call);
        try {
            Reply reply = deliver(source, call);
            deliveries.add(source.name(), reply.status() == 202 ? "accepted" : "ignored");
            return reply;
        } catch (ProblemException e) {
            deliveries.add(source.name(), outcome(e.status()));
            throw e;
        } catch (LogUnavailableException | EventLog.RefusedException e) {
            deliveries.add(source.name(), "failed");
            throw e;
        }
    }

    private static String outcome(int status) {
        return switch (status) {
            case 401 -> "unsigned";
            case 429 -> "limited";
            default -> "invalid";
        };
    }

    private Reply deliver(HookSource source, Call call) throws ProblemException {
        HookRequest request = new HookRequest(call.headers(), call.query(), call.body(), clock.millis());
        try {
            source.check(request);
        } catch (UnsignedException e) {
            throw ProblemException.of(401, "unsigned", e.getMessage());
        }
        // Only now: who can't sign takes nothing of what the sender may send.
        if (!rates.take(source.name())) {
            throw ProblemException.later(429, "too_many_requests", "too many deliveries of " + source.name(), 1);
        }
        List<HookEvent> events = DeliveredEvents.of(source, request);
        List<AddressedRecord> records =
                delivered.records(source, events, TraceContext.orNull(call.header("traceparent")));
        if (records.isEmpty()) {
            return Reply.json(200, Written.none());
        }
        return Written.of(events, HookEvent::eventId, HookEvent::type, log.append(records));
    }

    private Reply dryRun(Call call) throws ProblemException {
        HookSource source = source(call);
        JsonNode body = call.form().path("body");
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, JsonNode> header : call.form().path("headers").properties()) {
            headers.put(
                    header.getKey().toLowerCase(Locale.ROOT), header.getValue().asText());
        }
        Map<String, List<String>> query = new HashMap<>();
        for (Map.Entry<String, JsonNode> one : call.form().path("query").properties()) {
            query.put(one.getKey(), List.of(one.getValue().asText()));
        }
        HookRequest request =
                new HookRequest(headers, query, body.toString().getBytes(StandardCharsets.UTF_8), clock.millis());
        return Reply.json(200, delivered.tried(source, request));
    }
}
