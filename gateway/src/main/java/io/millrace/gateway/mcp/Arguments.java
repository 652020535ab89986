package io.millrace.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes the call of a route of the arguments of a tool: each stands where the route reads it. */
final class Arguments {
    /** The argument that is the header {@code Idempotency-Key} of a request. */
    static final String KEY = "idempotency_key";

    static final String LIMIT = "limit";
    static final int ITEMS = 20;
    static final int MOST_ITEMS = 50;
    static final String KEY_HEADER = "idempotency-key";

    private final Route route;
    private final Map<String, String> path = new HashMap<>();
    private final Map<String, List<String>> query = new HashMap<>();
    private final Map<String, String> headers;
    private final ObjectNode form = Json.object();

    private Arguments(Route route, Map<String, String> headers) {
        this.route = route;
        this.headers = new HashMap<>(headers);
    }

    /**
     * @param outer the call with the message
     * @param headers of the call that is made
     * @throws ProblemException naming the argument that is wrong
     */
    static Call call(Route route, Call outer, Map<String, String> headers, ObjectNode arguments)
            throws ProblemException {
        return new Arguments(route, headers).read(outer, arguments);
    }

    private Call read(Call outer, ObjectNode arguments) throws ProblemException {
        for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
            take(argument.getKey(), argument.getValue());
        }
        for (Parameter<?> parameter : route.parameters()) {
            if (parameter.place() == Parameter.Place.PATH && !path.containsKey(parameter.name())) {
                throw ProblemException.ofField(parameter.name(), "missing_field", "missing");
            }
            if (parameter.name().equals(LIMIT)) {
                query.putIfAbsent(LIMIT, List.of(Integer.toString(ITEMS)));
            }
        }
        byte[] body = route.form() == null ? new byte[0] : form.toString().getBytes(StandardCharsets.UTF_8);
        return new Call(route, outer.caller(), path, query, headers, body);
    }

    private void take(String name, JsonNode value) throws ProblemException {
        Parameter<?> parameter = route.parameters().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(null);
        if (parameter != null) {
            takeParameter(parameter, value);
        } else if (name.equals(KEY) && !Exposed.isReadOnly(route)) {
            headers.put(KEY_HEADER, text(name, value));
        } else if (route.form() != null && route.form().fields().contains(name)) {
            form.set(name, value);
        } else {
            throw ProblemException.ofField(name, "unknown_field", "there is no such argument; there are " + names());
        }
    }

    private void takeParameter(Parameter<?> parameter, JsonNode value) throws ProblemException {
        String name = parameter.name();
        if (parameter.place() == Parameter.Place.PATH) {
            path.put(name, text(name, value));
        } else if (!value.isNull()) {
            // Assistants like to send null for what they do not want.
            query.put(name, texts(name, value));
        }
        if (name.equals(LIMIT) && value.isNumber() && value.asLong() > MOST_ITEMS) {
            throw ProblemException.ofField(name, "invalid_value", "must be a number from 1 to " + MOST_ITEMS);
        }
    }

    private static List<String> texts(String name, JsonNode value) throws ProblemException {
        if (!value.isArray()) {
            return List.of(text(name, value));
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode one : value) {
            texts.add(text(name, one));
        }
        return texts;
    }

    private static String text(String name, JsonNode value) throws ProblemException {
        if (value.isContainerNode() || value.isNull()) {
            throw ProblemException.ofField(name, "wrong_type", "must be a string");
        }
        return value.asText();
    }

    private String names() {
        Set<String> names = new TreeSet<>();
        route.parameters().forEach(parameter -> names.add(parameter.name()));
        if (route.form() != null) {
            names.addAll(route.form().fields());
        }
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
