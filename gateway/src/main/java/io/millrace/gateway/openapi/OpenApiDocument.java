package io.millrace.gateway.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.access.Role;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The OpenAPI 3.1 document of routes. */
public final class OpenApiDocument {
    private static final String PROBLEM = "Problem";
    private static final String LOGIN = "login";
    private static final String IN_COMPONENTS = "#/components/schemas/";

    private OpenApiDocument() {}

    /** @param schemas those that the routes refer to */
    public static ObjectNode of(List<Route> routes, EventSchemas schemas, String version) {
        ObjectNode document = Json.object().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Millrace gateway")
                .put("version", version)
                .put(
                        "description",
                        "Tasks, runs of workflows, approvals and conversations over HTTP. What is written becomes an event"
                                + " on a topic, and the answer is 202 with where it is; what is read is what the topics"
                                + " say.");
        document.putArray("servers").addObject().put("url", "/");
        document.set("tags", tags(routes));
        ObjectNode paths = document.putObject("paths");
        for (Route route : routes) {
            ObjectNode path = paths.withObjectProperty(route.path());
            path.set(route.method().name().toLowerCase(Locale.ROOT), operation(route));
        }
        ObjectNode components = document.putObject("components");
        ObjectNode all = components.putObject("schemas");
        schemas.components().forEach(all::set);
        all.set(PROBLEM, problem());
        components
                .putObject("securitySchemes")
                .putObject(LOGIN)
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "A key of the gateway, or a token of its identity provider.");
        return document;
    }

    private static ArrayNode tags(List<Route> routes) {
        ArrayNode tags = Json.mapper().createArrayNode();
        Set<String> groups = new TreeSet<>();
        routes.forEach(route -> groups.add(route.group()));
        groups.forEach(group -> tags.addObject().put("name", group));
        return tags;
    }

    private static ObjectNode operation(Route route) {
        ObjectNode operation = Json.object().put("operationId", route.id()).put("summary", route.summary());
        operation.putArray("tags").add(route.group());
        if (route.isPublic()) {
            operation.putArray("security");
        } else {
            operation.put(
                    "description",
                    "For " + route.roles().stream().map(Role::wireName).collect(Collectors.joining(", ")) + ".");
            operation.putArray("security").addObject().putArray(LOGIN);
        }
        if (!route.parameters().isEmpty()) {
            ArrayNode parameters = operation.putArray("parameters");
            route.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
        }
        if (route.form() != null) {
            ObjectNode body = operation.putObject("requestBody");
            body.put("required", !route.form().required().isEmpty());
            ObjectNode json = body.putObject("content").putObject("application/json");
            json.set("schema", route.form().schema());
            json.set("example", route.form().example());
        }
        if (route.raw() != null) {
            operation.set("requestBody", rawBody(route.raw()));
        }
        operation.set("responses", responses(route));
        return operation;
    }

    private static ObjectNode rawBody(Route.Raw raw) {
        ObjectNode body = Json.object().put("required", true);
        ObjectNode content = body.putObject("content");
        for (String type : raw.types().isEmpty() ? Set.of(Reply.JSON) : new TreeSet<>(raw.types())) {
            content.putObject(type).set("example", raw.example());
        }
        return body;
    }

    private static ObjectNode parameter(Parameter<?> parameter) {
        ObjectNode node = Json.object()
                .put("name", parameter.name())
                .put("in", parameter.place().name().toLowerCase(Locale.ROOT))
                .put("description", parameter.description());
        if (parameter.place() == Parameter.Place.PATH) {
            node.put("required", true);
        }
        node.set("schema", parameter.schema());
        return node;
    }

    private static ObjectNode responses(Route route) {
        ObjectNode responses = Json.object();
        ObjectNode good = responses.putObject(Integer.toString(route.answer().status()));
        good.put("description", route.answer().description());
        ObjectNode content = good.putObject("content").putObject(route.answer().contentType());
        if (route.answer().schema() != null) {
            content.set("schema", route.answer().schema());
        }
        ObjectNode other = responses.putObject("default");
        other.put("description", "It is not done, and why (RFC 9457).");
        other.putObject("content")
                .putObject("application/problem+json")
                .putObject("schema")
                .put("$ref", IN_COMPONENTS + PROBLEM);
        return responses;
    }

    private static ObjectNode problem() {
        ObjectNode problem = Json.object().put("type", "object").put("description", "Why a request is not done.");
        ObjectNode fields = problem.putObject("properties");
        fields.putObject("type").put("type", "string").put("format", "uri");
        fields.putObject("title").put("type", "string");
        fields.putObject("status").put("type", "integer");
        fields.putObject("detail").put("type", "string").put("description", "In words.");
        fields.putObject("code").put("type", "string").put("description", "Names the kind, as dead letters do.");
        fields.putObject("field").put("type", "string").put("description", "The field or parameter that is wrong.");
        problem.putArray("required")
                .add("type")
                .add("title")
                .add("status")
                .add("detail")
                .add("code");
        return problem;
    }
}
