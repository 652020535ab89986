package io.millrace.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.access.Caller;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Failures;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.http.Routes;
import java.util.List;
import java.util.stream.Collectors;

/** What assistants can read: the routes that read, {@code /v1/tasks/t} as {@code millrace://tasks/t}. */
final class Resources {
    private static final String SCHEME = "millrace://";
    private static final String ROOT = "/v1/";

    private final List<Route> readable;
    private final Routes routes;

    /** @param exposed of which those that read are taken */
    Resources(List<Route> exposed) {
        readable = exposed.stream().filter(Exposed::isReadOnly).toList();
        routes = new Routes(readable);
    }

    private static boolean hasNames(Route route) {
        return route.path().contains("{");
    }

    private List<Route> of(Caller caller, boolean names) {
        return readable.stream()
                .filter(route -> caller.isAnyOf(route.roles()) && hasNames(route) == names)
                .toList();
    }

    ObjectNode list(Caller caller) {
        ObjectNode result = Json.object();
        ArrayNode all = result.putArray("resources");
        of(caller, false).forEach(route -> describe(all.addObject().put("uri", uri(route.path())), route));
        return result;
    }

    ObjectNode templates(Caller caller) {
        ObjectNode result = Json.object();
        ArrayNode all = result.putArray("resourceTemplates");
        of(caller, true).forEach(route -> describe(all.addObject().put("uriTemplate", uri(route.path())), route));
        for (Route route : of(caller, false)) {
            String query = route.parameters().stream().map(Parameter::name).collect(Collectors.joining(","));
            if (!query.isEmpty()) {
                describe(all.addObject().put("uriTemplate", uri(route.path()) + "{?" + query + "}"), route);
            }
        }
        return result;
    }

    private static String uri(String path) {
        return SCHEME + path.substring(ROOT.length());
    }

    private static void describe(ObjectNode resource, Route route) {
        resource.put("name", route.id()).put("description", route.summary()).put("mimeType", Reply.JSON);
    }

    ObjectNode read(Call outer, JsonNode params) throws RpcException {
        String uri = params.path("uri").asText();
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        Routes.Found found = path.startsWith(SCHEME) ? routes.reading(ROOT + path.substring(SCHEME.length())) : null;
        if (found == null || !outer.caller().isAnyOf(found.route().roles())) {
            throw new RpcException(RpcException.NO_SUCH_RESOURCE, "there is no resource " + uri);
        }
        ObjectNode arguments = Json.object();
        found.path().forEach(arguments::put);
        if (question >= 0) {
            Queries.of(uri.substring(question + 1)).forEach((name, values) -> {
                ArrayNode all = arguments.putArray(name);
                values.forEach(all::add);
            });
        }
        Reply reply = Failures.answer(
                () -> found.route().id(),
                () -> found.route().handler().answer(Arguments.call(found.route(), outer, outer.headers(), arguments)));
        if (!ToolResult.isDone(reply)) {
            JsonNode problem = Json.own(reply.body());
            throw new RpcException(
                    reply.status() == 404 ? RpcException.NO_SUCH_RESOURCE : RpcException.INVALID_PARAMS,
                    problem.path("detail").asText(),
                    problem);
        }
        ObjectNode result = Json.object();
        result.putArray("contents")
                .addObject()
                .put("uri", uri)
                .put("mimeType", Reply.JSON)
                .put("text", ToolResult.shortened(ToolResult.text(reply)));
        return result;
    }
}
