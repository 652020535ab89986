package io.millrace.gateway.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.CanonicalJson;
import io.millrace.schema.wire.RecordKey;
import io.millrace.schema.wire.Uuid5;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A sender.
 *
 * @param delivery tells a delivery from others of the sender; null for the body itself
 */
public record HookSource(String name, String tenant, Signature signature, Formula delivery, List<HookRule> rules) {
    /** Of a delivery. */
    public static final int MOST_EVENTS = 100;

    private static final UUID NAMESPACE = UUID.fromString("d6e0a2c4-94d2-5d0b-b4f8-3c8f0f6a7b11");
    private static final int MAX_ID = 500;

    /** @throws UnsignedException when it is not shown to be the sender's */
    public void check(HookRequest request) throws UnsignedException {
        signature.check(request);
    }

    /**
     * What a delivery comes to; nothing when no rule is for it.
     *
     * @param body of the request, as JSON
     * @throws MappingException when a rule can't be followed
     */
    public List<HookEvent> events(HookRequest request, JsonNode body) throws MappingException {
        Map<String, JsonNode> variables = variables(request, body);
        String of = delivery == null ? CanonicalJson.sha256(request.body()) : id(delivery, body, variables);
        List<HookEvent> events = new ArrayList<>();
        for (HookRule rule : rules) {
            List<JsonNode> inputs = rule.inputs(body, variables);
            if (events.size() + inputs.size() > MOST_EVENTS) {
                throw new MappingException(rule.type(), "a delivery comes to more than " + MOST_EVENTS + " events");
            }
            for (int i = 0; i < inputs.size(); i++) {
                JsonNode input = inputs.get(i);
                String id = rule.id() == null ? Integer.toString(i) : id(rule.id(), input, variables);
                events.add(new HookEvent(
                        Uuid5.of(
                                NAMESPACE,
                                RecordKey.of(tenant, name, of, rule.type(), Integer.toString(rule.number()), id)),
                        rule.type(),
                        rule.occurredAt() == null ? null : rule.occurredAt().text(input, variables),
                        rule.fields(input, variables)));
            }
        }
        return events;
    }

    private static String id(Formula formula, JsonNode input, Map<String, JsonNode> variables) throws MappingException {
        String id = formula.text(input, variables);
        if (id == null || id.isEmpty() || id.length() > MAX_ID) {
            throw new MappingException(formula.place(), "must come to 1 to " + MAX_ID + " characters");
        }
        return id;
    }

    private Map<String, JsonNode> variables(HookRequest request, JsonNode body) {
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        request.headers().forEach(headers::put);
        // Whoever logs in has a secret there, which is no data.
        headers.remove(TokenSignature.AUTHORIZATION);
        headers.remove(signature.secretHeader());
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        request.query().forEach((name, values) -> {
            if (values.size() == 1) {
                query.put(name, values.get(0));
            } else {
                ArrayNode all = query.putArray(name);
                values.forEach(all::add);
            }
        });
        return Map.of("body", body, "headers", headers, "query", query);
    }
}
