package io.millrace.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.access.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A request that a route is asked. */
public final class Call {
    private final Route route;
    private final Caller caller;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, String> headers;
    private final ObjectNode form;
    private final Map<String, List<String>> query;
    private final byte[] body;

    /**
     * @param path what stands in the address for the names of the path
     * @param query what stands after the question mark
     * @param headers by their names in small letters
     * @param body empty for none
     * @throws ProblemException saying which parameter or field is wrong
     */
    public Call(
            Route route,
            Caller caller,
            Map<String, String> path,
            Map<String, List<String>> query,
            Map<String, String> headers,
            byte[] body)
            throws ProblemException {
        this.route = route;
        this.caller = caller;
        this.headers = Map.copyOf(headers);
        this.query = Map.copyOf(query);
        this.body = body;
        if (route.raw() == null || !route.raw().isOfStrangers()) {
            requireKnown(query.keySet());
        }
        for (Parameter<?> parameter : route.parameters()) {
            values.put(
                    parameter.name(),
                    parameter.read(
                            parameter.place() == Parameter.Place.PATH
                                    ? List.of(path.get(parameter.name()))
                                    : query.get(parameter.name())));
        }
        form = route.form() == null ? null : read(route.form(), body);
    }

    private void requireKnown(Set<String> names) throws ProblemException {
        for (String name : names) {
            if (route.parameters().stream().noneMatch(parameter -> isQuery(parameter, name))) {
                throw ProblemException.ofField(name, "unknown_parameter", "there is no such parameter here");
            }
        }
    }

    private static boolean isQuery(Parameter<?> parameter, String name) {
        return parameter.place() == Parameter.Place.QUERY && parameter.name().equals(name);
    }

    private static ObjectNode read(Form form, byte[] body) throws ProblemException {
        ObjectNode object = body.length == 0 && form.required().isEmpty() ? Json.object() : parse(body);
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!form.fields().contains(field.getKey())) {
                throw ProblemException.ofField(
                        field.getKey(),
                        "unknown_field",
                        "there is no such field here; there are " + String.join(", ", form.fields()));
            }
        }
        for (String field : form.required()) {
            if (!object.hasNonNull(field)) {
                throw ProblemException.ofField(field, "missing_field", "missing");
            }
        }
        return object;
    }

    private static ObjectNode parse(byte[] body) throws ProblemException {
        if (Json.read(body) instanceof ObjectNode object) {
            return object;
        }
        throw ProblemException.of(400, "not_json", "the body must be a JSON object");
    }

    public Caller caller() {
        return caller;
    }

    /** The value of a parameter that the route has. */
    @SuppressWarnings("unchecked") // It was read by that parameter.
    public <T> T get(Parameter<T> parameter) {
        if (!route.parameters().contains(parameter)) {
            throw new IllegalStateException(route.id() + " does not declare " + parameter.name());
        }
        return (T) values.get(parameter.name());
    }

    public boolean has(Parameter<?> parameter) {
        return route.parameters().contains(parameter);
    }

    /** The fields of the body, of a route that has a form. */
    public ObjectNode form() {
        return form.deepCopy();
    }

    /** The text of a field of the body; null when it is not there. */
    public String text(String field) throws ProblemException {
        JsonNode value = form.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw ProblemException.ofField(field, "wrong_type", "must be a string");
        }
        return value.asText();
    }

    /** The body as it came, of a route that reads it by itself. */
    public byte[] body() {
        return body.clone();
    }

    /** What stands after the question mark. */
    public Map<String, List<String>> query() {
        return query;
    }

    /** By their names in small letters. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Null when it was not sent. */
    public String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }
}
