package io.millrace.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.access.Caller;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Failures;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Metrics;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.model.BadCursorException;
import io.millrace.gateway.openapi.EventSchemas;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What assistants can do: tools of routes, and of workflows. A caller knows none that it may not use. */
final class Tools {
    private static final String OF_WORKFLOW = "run";
    /** In {@code _meta} of a call, for programs; assistants have an argument. */
    static final String KEY_IN_META = "io.millrace/idempotency-key";

    private final Map<String, Route> routes;
    private final Map<String, ObjectNode> described = new LinkedHashMap<>();
    private final WorkflowTools workflows;
    private final Metrics.Counter calls;

    Tools(Map<String, Route> routes, EventSchemas schemas, WorkflowTools workflows, Metrics.Counter calls) {
        this.routes = routes;
        this.workflows = workflows;
        this.calls = calls;
        routes.forEach((id, route) -> described.put(id, describe(route, schemas)));
    }

    private static ObjectNode describe(Route route, EventSchemas schemas) {
        ObjectNode tool = Json.object()
                .put("name", route.id())
                .put(
                        "description",
                        route.summary() + " Answers: " + route.answer().description());
        tool.set("inputSchema", ToolSchema.of(route, schemas));
        tool.putObject("annotations")
                .put("readOnlyHint", Exposed.isReadOnly(route))
                .put("destructiveHint", Exposed.isDestructive(route))
                .put("openWorldHint", false);
        return tool;
    }

    /** @param cursor of the part before; null for the first, in which those of routes are */
    ObjectNode list(Caller caller, String cursor) throws RpcException {
        ObjectNode result = Json.object();
        ArrayNode tools = result.putArray("tools");
        if (cursor == null) {
            described.forEach((id, tool) -> {
                if (caller.isAnyOf(routes.get(id).roles())) {
                    tools.add(tool);
                }
            });
        }
        if (workflows.mayUse(caller)) {
            String next = next(caller, cursor, tools);
            if (next != null) {
                result.put("nextCursor", next);
            }
        }
        return result;
    }

    private String next(Caller caller, String cursor, ArrayNode tools) throws RpcException {
        try {
            return workflows.list(caller, cursor, tools);
        } catch (BadCursorException e) {
            throw new RpcException(RpcException.INVALID_PARAMS, "cursor: " + e.getMessage());
        }
    }

    /**
     * Calls one.
     *
     * @param params as the protocol has them
     */
    ObjectNode call(Call outer, JsonNode params) throws RpcException {
        String name = params.path("name").asText();
        if (!params.path("arguments").isMissingNode()
                && !params.path("arguments").isObject()) {
            throw new RpcException(RpcException.INVALID_PARAMS, "arguments: must be an object");
        }
        ObjectNode arguments = params.path("arguments") instanceof ObjectNode given ? given : Json.object();
        Map<String, String> headers = headers(outer, params);
        Route route = routes.get(name);
        if (route != null && outer.caller().isAnyOf(route.roles())) {
            return counted(route.id(), Failures.answer(route::id, () -> route.handler()
                    .answer(Arguments.call(route, outer, headers, arguments))));
        }
        if (WorkflowTools.isOne(name) && workflows.mayUse(outer.caller())) {
            Reply reply = Failures.answer(() -> OF_WORKFLOW, () -> workflows.call(name, outer, headers, arguments));
            if (reply != null) {
                return counted(OF_WORKFLOW, reply);
            }
        }
        throw new RpcException(RpcException.INVALID_PARAMS, "there is no tool " + name);
    }

    private ObjectNode counted(String tool, Reply reply) {
        calls.add(tool, ToolResult.isDone(reply) ? "done" : "refused");
        return ToolResult.of(reply);
    }

    /** An Idempotency-Key of the request is none of a tool's: clients send the same headers with every request. */
    private static Map<String, String> headers(Call outer, JsonNode params) {
        Map<String, String> headers = new HashMap<>(outer.headers());
        headers.remove(Arguments.KEY_HEADER);
        JsonNode key = params.path("_meta").path(KEY_IN_META);
        if (key.isTextual()) {
            headers.put(Arguments.KEY_HEADER, key.asText());
        }
        return headers;
    }
}
