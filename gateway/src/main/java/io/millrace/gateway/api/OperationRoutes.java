package io.millrace.gateway.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.access.Access;
import io.millrace.gateway.access.Role;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Metrics;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.log.Lag;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What whoever runs the gateway asks: whether it lives, whether it is up to date, and its figures. */
final class OperationRoutes {
    private static final String GROUP = "Operation";
    private static final long STALE_SECONDS = 30;

    private final Supplier<Lag> lag;
    private final BooleanSupplier alive;
    private final Metrics metrics;
    private final Access access;
    private final long maxLag;

    /**
     * @param alive whether the model is still told what comes
     * @param maxLag records that the model may be behind and still be ready
     */
    OperationRoutes(Supplier<Lag> lag, BooleanSupplier alive, Metrics metrics, Access access, long maxLag) {
        this.lag = lag;
        this.alive = alive;
        this.metrics = metrics;
        this.access = access;
        this.maxLag = maxLag;
    }

    List<Route> all() {
        return List.of(
                Route.get("/health")
                        .named("health", GROUP, "Whether the process lives; 503 when it has to be started again.")
                        .answers(200, "It lives.", Answers.object("alive", "boolean"))
                        .by(call -> health()),
                Route.get("/ready")
                        .named("ready", GROUP, "Whether the model is up to date with the log; 503 when it is not.")
                        .answers(
                                200,
                                "It is.",
                                Answers.object(
                                        "ready",
                                        "boolean",
                                        "rebuilt",
                                        "boolean",
                                        "lag_records",
                                        "integer",
                                        "lag_by_topic",
                                        "object",
                                        "problem",
                                        "string"))
                        .by(call -> ready()),
                Route.get("/metrics")
                        .named("metrics", GROUP, "Figures for Prometheus.")
                        .answersText("Figures.", Metrics.CONTENT_TYPE)
                        .by(call -> Reply.text(200, Metrics.CONTENT_TYPE, metrics.text())),
                Route.get("/v1/me")
                        .named("whoAmI", GROUP, "Who the gateway takes the caller for.")
                        .forRoles(Role.USER, Role.APPROVER, Role.DESK, Role.OPERATOR, Role.PLATFORM)
                        .answers(
                                200,
                                "The caller.",
                                Answers.object(
                                        "name", "string", "tenant", "string", "user", "string", "roles", "array",
                                        "access", "string"))
                        .by(this::me));
    }

    private Reply health() {
        boolean lives = alive.getAsBoolean();
        return Reply.json(lives ? 200 : 503, Json.object().put("alive", lives));
    }

    private Reply ready() {
        Lag now = lag.get();
        boolean fresh = now.age().toSeconds() < STALE_SECONDS;
        boolean ready = now.live() && fresh && now.records() <= maxLag;
        ObjectNode body =
                Json.object().put("ready", ready).put("rebuilt", now.live()).put("lag_records", now.records());
        ObjectNode topics = body.putObject("lag_by_topic");
        now.byTopic().forEach(topics::put);
        if (now.problem() != null) {
            body.put("problem", now.problem());
        } else if (!fresh) {
            body.put("problem", "the log was not asked for " + now.age().toSeconds() + " s");
        }
        return Reply.json(ready ? 200 : 503, body);
    }

    private Reply me(Call call) {
        ObjectNode body = Json.object()
                .put("name", call.caller().name())
                .put("tenant", call.caller().tenant())
                .put("user", call.caller().user());
        call.caller().roles().stream().map(Role::wireName).sorted().forEach(body.putArray("roles")::add);
        return Reply.json(200, body.put("access", access.description()));
    }
}
