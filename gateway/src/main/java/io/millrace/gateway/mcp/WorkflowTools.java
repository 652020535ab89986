package io.millrace.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.access.Caller;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.model.Page;
import io.millrace.gateway.model.PageRequest;
import io.millrace.gateway.model.Scope;
import io.millrace.gateway.model.WorkflowQueries;
import io.millrace.logic.agent.schema.JsonSchemaCheck;
import io.millrace.schema.wire.RejectedEventException;
import java.util.Map;

/**
 * A tool for each workflow of the caller's tenant, which starts a run. It takes the workflow's input itself where that is an
 * object; otherwise {@code input}.
 */
final class WorkflowTools {
    private static final String PREFIX = "run_";
    private static final String INPUT = "input";
    private static final int AT_A_TIME = 50;

    private final WorkflowQueries workflows;
    private final Route start;

    /** @param start the route that starts runs */
    WorkflowTools(WorkflowQueries workflows, Route start) {
        this.workflows = workflows;
        this.start = start;
    }

    boolean mayUse(Caller caller) {
        return caller.isAnyOf(start.roles());
    }

    /**
     * Adds a part of them.
     *
     * @param cursor null for the first part
     * @return the cursor of the next part; null when there is none
     */
    String list(Caller caller, String cursor, ArrayNode tools) {
        Page page = workflows.list(Scope.of(caller.tenant()), new PageRequest(cursor, AT_A_TIME));
        page.items().forEach(card -> tools.add(tool(Json.own(card))));
        return page.next();
    }

    private static ObjectNode tool(JsonNode card) {
        String summary = card.path("summary").asText(card.path("title").asText(""));
        ObjectNode tool = Json.object()
                .put("name", PREFIX + card.path("workflow").asText())
                .put("title", card.path("title").asText(card.path("workflow").asText()))
                .put(
                        "description",
                        "Starts a run of the workflow " + card.path("workflow").asText() + " "
                                + card.path("version").asText() + "; getRun tells how it is. " + summary);
        tool.set(
                "inputSchema",
                schema(card.path("input_schema"), card.path("digest").asText()));
        tool.putObject("annotations").put("readOnlyHint", false).put("destructiveHint", true);
        return tool;
    }

    private static ObjectNode schema(JsonNode declared, String digest) {
        if (!declared.isObject()) {
            return Json.object().put("type", "object");
        }
        ObjectNode schema = declared.deepCopy();
        if (takesInputItself(declared)) {
            return schema.put("type", "object");
        }
        if (!schema.has("$id")) {
            // So that what it refers to by # is still within itself.
            schema.put("$id", "urn:millrace:input:" + digest);
        }
        ObjectNode wrapped = Json.object().put("type", "object");
        wrapped.putObject("properties").set(INPUT, schema);
        wrapped.putArray("required").add(INPUT);
        return wrapped.put("additionalProperties", false);
    }

    private static boolean takesInputItself(JsonNode declared) {
        JsonNode type = declared.path("type");
        return !declared.isObject()
                || type.asText().equals("object")
                || type.isMissingNode() && declared.has("properties");
    }

    /** Whether a tool is one of these, by its name. */
    static boolean isOne(String tool) {
        return tool.startsWith(PREFIX);
    }

    /**
     * Starts a run.
     *
     * @param headers of the call that starts it
     * @return null when there is no such workflow
     */
    Reply call(String tool, Call outer, Map<String, String> headers, ObjectNode arguments) throws ProblemException {
        byte[] bytes = workflows.card(Scope.of(outer.caller().tenant()), tool.substring(PREFIX.length()), null);
        if (bytes == null) {
            return null;
        }
        JsonNode card = Json.own(bytes);
        JsonNode declared = card.path("input_schema");
        JsonNode input = takesInputItself(declared) ? arguments : arguments.path(INPUT);
        check(declared, input);
        ObjectNode begin = Json.object();
        begin.set("workflow", card.path("workflow"));
        begin.set("version", card.path("version"));
        begin.set(INPUT, input);
        return start.handler().answer(Arguments.call(start, outer, headers, begin));
    }

    /** As the run would: here whoever asks is told at once. */
    private static void check(JsonNode declared, JsonNode input) throws ProblemException {
        if (input.isMissingNode()) {
            throw ProblemException.ofField(INPUT, "missing_field", "missing");
        }
        if (!declared.isObject()) {
            return;
        }
        try {
            String problem =
                    JsonSchemaCheck.of("input_schema", declared.toString()).problem(input.toString());
            if (problem != null) {
                throw ProblemException.ofField(INPUT, "invalid_value", problem);
            }
        } catch (RejectedEventException e) {
            throw ProblemException.of(409, e.code().wireName(), e.messageWithoutPlace());
        }
    }
}
