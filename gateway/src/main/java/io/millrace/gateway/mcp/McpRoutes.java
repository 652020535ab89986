package io.millrace.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.access.Role;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Form;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Metrics;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.model.WorkflowQueries;
import io.millrace.gateway.openapi.EventForms;
import io.millrace.gateway.openapi.EventSchemas;
import java.util.List;
import java.util.Map;

/**
 * The endpoint of the Model Context Protocol: each request is one JSON-RPC message, and the answer is one too. There are no
 * sessions, so that any gateway answers any message, and nothing is kept for whoever went away.
 */
public final class McpRoutes {
    /** The figure of calls of tools. */
    private static final String CALLS = "gateway_mcp_calls_total";

    /** Revisions of the protocol that are spoken, the latest first. */
    static final List<String> REVISIONS = List.of("2025-11-25", "2025-06-18", "2025-03-26");

    private static final String INSTRUCTIONS =
            "Tasks, runs of workflows and approvals of one tenant. What is written becomes an event, and the answer says"
                    + " where it is; what the platform makes of it is there a moment later. To read what came of a write, pass"
                    + " its event_id (tasks) as after. Lists have parts: ask again with cursor = next.";
    private static final String EXAMPLE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

    private final Tools tools;
    private final Resources resources;
    private final String version;

    /** @param routes all that there are; those that assistants are given are taken */
    public McpRoutes(
            List<Route> routes, EventSchemas schemas, WorkflowQueries workflows, Metrics metrics, String version) {
        Map<String, Route> exposed = Exposed.of(routes);
        tools = new Tools(
                exposed,
                schemas,
                new WorkflowTools(workflows, exposed.get("startRun")),
                metrics.counter(CALLS, "Calls of tools by assistants.", "tool", "outcome"));
        resources = new Resources(List.copyOf(exposed.values()));
        this.version = version;
    }

    public List<Route> all() {
        return List.of(Route.post("/mcp")
                .named("mcp", "Assistants", "A message of the Model Context Protocol, for assistants.")
                .forRoles(Role.USER, Role.values())
                .with(form())
                // Its tools are routes, which are asked one by one.
                .onlyReads()
                .answers(200, "The answer, as JSON-RPC 2.0 has it; 202 without one to what asks nothing.", answer())
                .by(this::answer));
    }

    private static Form form() {
        ObjectNode fields = Json.object();
        fields.putObject("jsonrpc").put("const", "2.0");
        fields.putObject("id").putArray("type").add("string").add("integer");
        fields.putObject("method").put("type", "string");
        fields.putObject("params").put("type", "object");
        fields.putObject("result").put("type", "object").put("description", "Of an answer; none is asked for.");
        fields.putObject("error").put("type", "object").put("description", "Of an answer; none is asked for.");
        return EventForms.of(fields, List.of("jsonrpc"), EXAMPLE);
    }

    private static ObjectNode answer() {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode fields = schema.putObject("properties");
        fields.putObject("jsonrpc").put("const", "2.0");
        fields.putObject("id").putArray("type").add("string").add("integer").add("null");
        fields.putObject("result").put("type", "object");
        fields.putObject("error").put("type", "object");
        schema.putArray("required").add("jsonrpc").add("id");
        return schema;
    }

    private Reply answer(Call call) throws ProblemException {
        String revision = call.header("MCP-Protocol-Version");
        if (revision != null && !REVISIONS.contains(revision)) {
            throw ProblemException.of(
                    400, "unsupported_protocol_version", "the revisions here are " + String.join(", ", REVISIONS));
        }
        ObjectNode message = call.form();
        JsonNode id = message.path("id");
        if (id.isMissingNode() || !message.has("method")) {
            // A notification, or the answer to a question that nobody asked.
            return Reply.text(202, Reply.JSON, "");
        }
        ObjectNode answer = Json.object().put("jsonrpc", "2.0");
        answer.set(
                "id",
                id.isTextual() || id.isIntegralNumber() ? id : Json.mapper().nullNode());
        try {
            answer.set("result", result(call, message));
        } catch (RpcException e) {
            ObjectNode error = answer.putObject("error").put("code", e.code()).put("message", e.getMessage());
            if (e.data() != null) {
                error.set("data", e.data());
            }
        }
        return Reply.json(200, answer);
    }

    private ObjectNode result(Call call, ObjectNode message) throws RpcException {
        JsonNode id = message.path("id");
        JsonNode params = message.path("params");
        if (!message.path("jsonrpc").asText().equals("2.0") || !(id.isTextual() || id.isIntegralNumber())) {
            throw new RpcException(
                    RpcException.INVALID_REQUEST, "jsonrpc must be \"2.0\", and id a string or a whole number");
        }
        return switch (message.path("method").asText()) {
            case "initialize" -> initialize(params);
            case "ping" -> Json.object();
            case "tools/list" -> tools.list(call.caller(), cursor(params));
            case "tools/call" -> tools.call(call, params);
            case "resources/list" -> resources.list(call.caller());
            case "resources/templates/list" -> resources.templates(call.caller());
            case "resources/read" -> resources.read(call, params);
            default ->
                throw new RpcException(
                        RpcException.METHOD_NOT_FOUND,
                        "there is no method " + message.path("method").asText());
        };
    }

    private static String cursor(JsonNode params) {
        return params.path("cursor").isTextual() ? params.path("cursor").asText() : null;
    }

    private ObjectNode initialize(JsonNode params) {
        String wanted = params.path("protocolVersion").asText();
        ObjectNode result =
                Json.object().put("protocolVersion", REVISIONS.contains(wanted) ? wanted : REVISIONS.get(0));
        ObjectNode capabilities = result.putObject("capabilities");
        capabilities.putObject("tools");
        capabilities.putObject("resources");
        result.putObject("serverInfo")
                .put("name", "millrace")
                .put("title", "Millrace")
                .put("version", version);
        return result.put("instructions", INSTRUCTIONS);
    }
}
