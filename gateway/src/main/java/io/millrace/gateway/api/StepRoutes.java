package io.millrace.gateway.api;

import static io.millrace.gateway.access.Role.OPERATOR;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.model.RunQueries;
import io.millrace.gateway.model.Scope;
import io.millrace.gateway.model.StepQueries;
import io.millrace.gateway.model.WorkflowQueries;
import java.util.List;

/** What a run has done, step by step, and by which definition: what a picture of it is drawn from. */
final class StepRoutes {
    private static final Parameter<String> RUN = Parameter.path("run_id", "The run.");

    private final StepQueries steps;
    private final RunQueries runs;
    private final WorkflowQueries workflows;
    private final Waits waits;

    StepRoutes(StepQueries steps, RunQueries runs, WorkflowQueries workflows, Waits waits) {
        this.steps = steps;
        this.runs = runs;
        this.workflows = workflows;
        this.waits = waits;
    }

    List<Route> all() {
        return List.of(Route.get("/v1/runs/{run_id}/steps")
                .named(
                        "listSteps",
                        "Runs",
                        "How the steps of a run are, and its definition; kept of a tenant's latest 1,000 runs, 300 each.")
                .forRoles(OPERATOR)
                .with(RUN, Waits.NEWER_THAN, Waits.WAIT)
                .answers(200, "Steps in the order in which they began; those in loops once for each round.", schema())
                .by(this::list));
    }

    private static ObjectNode schema() {
        ObjectNode step = Answers.object(
                "step",
                "string",
                "iteration",
                "string",
                "state",
                "string",
                "kind",
                "string",
                "attempts",
                "integer",
                "started_at",
                "string",
                "duration_ms",
                "integer",
                "cost_micros",
                "integer",
                "detail",
                "string");
        ObjectNode schema = Answers.pageOf(step);
        ObjectNode fields = (ObjectNode) schema.path("properties");
        fields.remove("next");
        fields.putObject("number").put("type", "integer").put("description", "Of the last event that it tells of.");
        fields.putObject("definition")
                .put("type", "object")
                .put("description", "The workflow in the DSL, as JSON; not there when it is not known.");
        return schema;
    }

    private Reply list(Call call) throws ProblemException {
        Scope scope = Scopes.tenant(call);
        String id = call.get(RUN);
        byte[] run = runs.find(scope, id);
        Answers.found(run, "run");
        waits.newer(call, () -> steps.version(scope, id));
        ObjectNode body = Json.object().put("number", steps.version(scope, id));
        body.putArray("items").addAll(steps.list(scope, id));
        JsonNode definition = definition(scope, run);
        if (definition != null) {
            body.set("definition", definition);
        }
        return Reply.json(200, body);
    }

    /** Null when it is not known. */
    private JsonNode definition(Scope scope, byte[] run) {
        JsonNode view = Json.own(run);
        JsonNode version = view.path("version");
        byte[] document = version.isTextual()
                ? workflows.document(scope, view.path("workflow").asText(), version.asText())
                : null;
        return document == null ? null : Json.own(document);
    }
}
