package io.millrace.gateway.api;

import static io.millrace.gateway.access.Role.OPERATOR;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.model.Scope;
import io.millrace.gateway.model.WorkflowQueries;
import java.util.List;

/** Workflows that were published. */
final class WorkflowRoutes {
    private static final String GROUP = "Workflows";
    private static final Parameter<String> WORKFLOW = Parameter.path("workflow", "Its name.");
    private static final Parameter<String> VERSION =
            Parameter.text("version", 120, "Default: the one that a start takes which names none.");

    private final WorkflowQueries workflows;

    WorkflowRoutes(WorkflowQueries workflows) {
        this.workflows = workflows;
    }

    List<Route> all() {
        return List.of(
                Route.get("/v1/workflows")
                        .named("listWorkflows", GROUP, "Workflows by name, each in the version that starts take.")
                        .forRoles(OPERATOR)
                        .with(Answers.LIMIT, Answers.CURSOR)
                        .answers(200, "What whoever starts them is told.", Answers.pageOf(card()))
                        .by(call -> Answers.of(workflows.list(Scopes.tenant(call), Answers.page(call)))),
                Route.get("/v1/workflows/{workflow}")
                        .named("getWorkflow", GROUP, "A workflow, with its text.")
                        .forRoles(OPERATOR)
                        .with(WORKFLOW, VERSION)
                        .answers(200, "The workflow.", whole())
                        .by(this::get));
    }

    private static ObjectNode card() {
        return Answers.object(
                "workflow",
                "string",
                "version",
                "string",
                "digest",
                "string",
                "title",
                "string",
                "summary",
                "string",
                "input_schema",
                "object",
                "agents",
                "array",
                "published_at",
                "string");
    }

    private static ObjectNode whole() {
        ObjectNode whole = card();
        ((ObjectNode) whole.path("properties"))
                .putObject("text")
                .put("type", "string")
                .put("description", "In the DSL of Serverless Workflow, YAML or JSON.");
        return whole;
    }

    private Reply get(Call call) throws ProblemException {
        Scope scope = Scopes.tenant(call);
        byte[] card = workflows.card(scope, call.get(WORKFLOW), call.get(VERSION));
        if (card == null) {
            throw ProblemException.notFound("there is no such workflow");
        }
        ObjectNode whole = (ObjectNode) Json.own(card);
        return Reply.json(200, whole.put("text", workflows.text(scope, call.get(WORKFLOW), call.get(VERSION))));
    }
}
