package io.millrace.gateway.api;

import static io.millrace.gateway.access.Role.OPERATOR;
import static io.millrace.gateway.access.Role.PLATFORM;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.model.PlatformQueries;
import io.millrace.gateway.openapi.EventSchemas;
import io.millrace.schema.event.EventType;
import io.millrace.schema.slo.Verdict;
import java.util.Arrays;
import java.util.List;

/** What is no tenant's: agents, and how consumer groups do. */
final class PlatformRoutes {
    private static final String GROUP = "Platform";
    private static final Parameter<String> AGENT = Parameter.path("agent", "Its name.");
    private static final Parameter<String> VERDICT = Parameter.one(
            "verdict", Arrays.stream(Verdict.values()).map(EventType::wireName).toList(), "Default: all.");

    private final PlatformQueries platform;
    private final EventSchemas schemas;

    PlatformRoutes(PlatformQueries platform, EventSchemas schemas) {
        this.platform = platform;
        this.schemas = schemas;
    }

    List<Route> all() {
        return List.of(
                Route.get("/v1/agents")
                        .named("listAgents", GROUP, "Agents that are registered, by name.")
                        .forRoles(OPERATOR, PLATFORM)
                        .with(Answers.LIMIT, Answers.CURSOR)
                        .answers(200, "What whoever uses them is told.", Answers.pageOf(agent()))
                        .by(call -> Answers.of(platform.agents(Answers.page(call)))),
                Route.get("/v1/agents/{agent}")
                        .named("getAgent", GROUP, "An agent.")
                        .forRoles(OPERATOR, PLATFORM)
                        .with(AGENT)
                        .answers(200, "What whoever uses it is told.", agent())
                        .by(call -> Answers.found(platform.agent(call.get(AGENT)), "agent")),
                Route.get("/v1/slo")
                        .named("listSlo", GROUP, "How consumer groups do in topics.")
                        .forRoles(PLATFORM)
                        .with(VERDICT, Answers.LIMIT, Answers.CURSOR)
                        .answers(200, "Statuses as slo-status has them.", Answers.pageOf(schemas.event("slo.status")))
                        .by(call -> Answers.of(platform.slo(call.get(VERDICT), Answers.page(call)))));
    }

    private static ObjectNode agent() {
        return Answers.object(
                "agent",
                "string",
                "version",
                "string",
                "type",
                "string",
                "risk",
                "string",
                "capabilities",
                "array",
                "input_schema",
                "object",
                "output_schema",
                "object",
                "transport",
                "string",
                "timeout_ms",
                "integer",
                "max_attempts",
                "integer",
                "cache_ttl_seconds",
                "integer",
                "fallbacks",
                "array",
                "then",
                "string",
                "critical",
                "boolean",
                "model",
                "string",
                "registered_at",
                "string");
    }
}
