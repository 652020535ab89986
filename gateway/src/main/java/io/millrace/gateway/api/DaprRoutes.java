package io.millrace.gateway.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.access.Role;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Failures;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a Dapr sidecar asks of an application that subscribes: to what, and what became of each event. */
final class DaprRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(DaprRoutes.class);
    private static final String GROUP = "Events";
    private static final String ID = "daprEvent";
    private static final String EVENTS = "/dapr/events";

    private final CloudEventRoutes events;
    private final List<Subscription> subscriptions;

    DaprRoutes(CloudEventRoutes events, List<Subscription> subscriptions) {
        this.events = events;
        this.subscriptions = subscriptions;
    }

    List<Route> all() {
        return List.of(
                Route.get("/dapr/subscribe")
                        .named("daprSubscriptions", GROUP, "To what a Dapr sidecar subscribes for the gateway.")
                        .answers(200, "Subscriptions.", Json.object().put("type", "array"))
                        .by(call -> subscriptions()),
                Route.post(EVENTS)
                        .named(ID, GROUP, "An event that a Dapr sidecar brings, as a CloudEvent.")
                        .forRoles(Role.USER, Role.OPERATOR)
                        .with(CloudEventRoutes.raw())
                        .answers(200, "What becomes of it: SUCCESS, RETRY or DROP.", Answers.object("status", "string"))
                        .by(this::take));
    }

    private Reply subscriptions() {
        ArrayNode all = Json.mapper().createArrayNode();
        for (Subscription one : subscriptions) {
            ObjectNode subscription =
                    all.addObject().put("pubsubname", one.pubsub()).put("topic", one.topic());
            subscription.putObject("routes").put("default", EVENTS);
        }
        return Reply.json(200, all);
    }

    /** What will be wrong another time too is dropped: it would come again for ever. */
    private Reply take(Call call) {
        Reply reply = Failures.answer(() -> ID, () -> events.send(call));
        if (reply.status() < 400) {
            return status("SUCCESS");
        }
        if (reply.status() >= 500) {
            return status("RETRY");
        }
        LOG.warn("An event that Dapr brought is dropped: status {}", reply.status());
        return status("DROP");
    }

    private static Reply status(String status) {
        return Reply.json(200, Json.object().put("status", status));
    }
}
