package io.millrace.logic.workflow.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles the values that stand in a document. */
final class Values {
    /** How deep the values of a document may be nested. */
    private static final int MAX_DEPTH = 64;

    private final JsonNode use;
    private final Formulas formulas;

    /** @param use the definitions that the document refers to by name; may be missing */
    Values(JsonNode use, Formulas formulas) {
        this.use = use;
        this.formulas = formulas;
    }

    /** @param what for the message */
    static void requireOnly(String pointer, JsonNode object, Set<String> members, String what)
            throws InvalidDefinitionException {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!members.contains(name)) {
                throw new InvalidDefinitionException(
                        ProgramCompiler.child(pointer, name), name + " of " + what + " is not supported");
            }
        }
    }

    /** Null for null. */
    String text(String pointer, JsonNode value) throws InvalidDefinitionException {
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new InvalidDefinitionException(pointer, "must be a text");
        }
        return value.textValue();
    }

    /** An expression, with or without the braces; null for null. */
    Formula condition(String pointer, JsonNode value, Set<String> variables) throws InvalidDefinitionException {
        String text = text(pointer, value);
        return text == null ? null : formula(pointer, isExpression(text) ? source(text) : text, variables);
    }

    Template template(String pointer, JsonNode value, Set<String> variables) throws InvalidDefinitionException {
        return template(pointer, value, variables, 0);
    }

    private Template template(String pointer, JsonNode value, Set<String> variables, int depth)
            throws InvalidDefinitionException {
        if (depth > MAX_DEPTH) {
            throw new InvalidDefinitionException(pointer, "is nested more than " + MAX_DEPTH + " levels deep");
        }
        if (value == null || value.isMissingNode()) {
            throw new InvalidDefinitionException(pointer, "is missing");
        }
        if (value.isTextual() && isExpression(value.textValue())) {
            return new Template.Computed(formula(pointer, source(value.textValue()), variables));
        }
        boolean constant = true;
        Map<String, Template> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            Template part =
                    template(ProgramCompiler.child(pointer, field.getKey()), field.getValue(), variables, depth + 1);
            constant &= part instanceof Template.Literal;
            fields.put(field.getKey(), part);
        }
        List<Template> elements = new ArrayList<>();
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                Template part = template(pointer + "/" + i, value.get(i), variables, depth + 1);
                constant &= part instanceof Template.Literal;
                elements.add(part);
            }
        }
        if (constant) {
            return new Template.Literal(value);
        }
        return value.isArray() ? new Template.Elements(List.copyOf(elements)) : new Template.Fields(fields);
    }

    private static boolean isExpression(String text) {
        String stripped = text.strip();
        return stripped.startsWith("${") && stripped.endsWith("}");
    }

    private static String source(String text) {
        String stripped = text.strip();
        return stripped.substring(2, stripped.length() - 1).strip();
    }

    private Formula formula(String pointer, String source, Set<String> variables) throws InvalidDefinitionException {
        try {
            return formulas.compile(source, variables);
        } catch (FormulaException e) {
            throw new InvalidDefinitionException(pointer, e.getMessage());
        }
    }

    Period period(String pointer, JsonNode value, Set<String> variables) throws InvalidDefinitionException {
        Template template = template(pointer, value, variables);
        if (template instanceof Template.Literal literal) {
            millis(pointer, literal.value());
        }
        return new Period(template);
    }

    private static long millis(String pointer, JsonNode value) throws InvalidDefinitionException {
        try {
            return Period.millisOf(value);
        } catch (FormulaException e) {
            throw new InvalidDefinitionException(pointer, e.getMessage());
        }
    }

    private static long millis(String pointer, JsonNode parent, String member, long absent)
            throws InvalidDefinitionException {
        JsonNode value = parent.at("/" + member);
        return value.isMissingNode() ? absent : millis(pointer + "/" + member, value);
    }

    /** An error, or the name of one. */
    Template error(String pointer, JsonNode error, Set<String> variables) throws InvalidDefinitionException {
        JsonNode found = error.isTextual() ? use.path("errors").path(error.textValue()) : error;
        if (!found.isObject() || !found.has("type") || !found.has("status")) {
            throw new InvalidDefinitionException(
                    pointer, "must be an object with type and status, or the name of one of use.errors");
        }
        requireOnly(pointer, found, Set.of("type", "status", "title", "detail", "instance"), "an error");
        return template(pointer, found, variables);
    }

    /** A retry policy, or the name of one; null for null. */
    RetryPolicy retry(String pointer, JsonNode retry, Set<String> variables) throws InvalidDefinitionException {
        if (retry == null || retry.isNull()) {
            return null;
        }
        JsonNode found = retry.isTextual() ? use.path("retries").path(retry.textValue()) : retry;
        if (!found.isObject()) {
            throw new InvalidDefinitionException(pointer, "must be an object, or the name of one of use.retries");
        }
        requireOnly(
                pointer, found, Set.of("when", "exceptWhen", "delay", "backoff", "limit", "jitter"), "a retry policy");
        JsonNode count = found.at("/limit/attempt/count");
        if (!count.isMissingNode() && (!count.isInt() || count.intValue() < 0)) {
            throw new InvalidDefinitionException(pointer + "/limit/attempt/count", "must be a whole number from 0");
        }
        long from = millis(pointer, found, "jitter/from", 0);
        long to = millis(pointer, found, "jitter/to", from);
        if (to < from) {
            throw new InvalidDefinitionException(pointer + "/jitter", "to must not be less than from");
        }
        return new RetryPolicy(
                condition(pointer + "/when", found.get("when"), variables),
                condition(pointer + "/exceptWhen", found.get("exceptWhen"), variables),
                millis(pointer, found, "delay", 0),
                backoff(pointer + "/backoff", found.path("backoff")),
                count.asInt(Integer.MAX_VALUE),
                millis(pointer, found, "limit/attempt/duration", Long.MAX_VALUE),
                millis(pointer, found, "limit/duration", Long.MAX_VALUE),
                from,
                to);
    }

    private static RetryPolicy.Backoff backoff(String pointer, JsonNode backoff) throws InvalidDefinitionException {
        requireOnly(pointer, backoff, Set.of("constant", "linear", "exponential"), "a backoff");
        if (backoff.size() > 1) {
            throw new InvalidDefinitionException(pointer, "must be one of constant, linear and exponential");
        }
        for (JsonNode settings : backoff) {
            if (!settings.isEmpty()) {
                throw new InvalidDefinitionException(pointer, "its settings are not supported, it has to be {}");
            }
        }
        if (backoff.has("linear")) {
            return RetryPolicy.Backoff.LINEAR;
        }
        return backoff.has("exponential") ? RetryPolicy.Backoff.EXPONENTIAL : RetryPolicy.Backoff.CONSTANT;
    }

    static JsonNode emptyList() {
        return JsonNodeFactory.instance.arrayNode();
    }
}
