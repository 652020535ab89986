package io.millrace.logic.flag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.logic.rollout.FlagDocument;
import io.millrace.schema.wire.RejectedEventException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A flag that can be evaluated: a definition as flagd knows it, read once. What it is for a context is what flagd says
 * (https://flagd.dev/reference/flag-definitions/); where it is not, docs/flags.md says so. Immutable, of any number of threads.
 */
public final class CompiledFlag {
    private final String key;
    private final ObjectNode definition;
    private final ObjectNode metadata;
    private final Rule targeting;
    private final String problem;

    private CompiledFlag(String key, ObjectNode definition, Rule targeting, String problem) {
        this.key = key;
        this.definition = definition;
        this.metadata =
                definition.get("metadata") instanceof ObjectNode given ? given : JsonNodeFactory.instance.objectNode();
        this.targeting = targeting;
        this.problem = problem;
    }

    /**
     * Reads a definition. Of one whose targeting can't be understood each evaluation is a {@link FlagError#PARSE_ERROR}, as flagd has
     * it; {@link #problem()} tells why.
     *
     * @throws RejectedEventException when it is no definition of a flag, naming the field
     */
    public static CompiledFlag compile(String key, String definition) throws RejectedEventException {
        ObjectNode flag = FlagDocument.read(definition).json();
        if (flag.has("$evaluators")) {
            return new CompiledFlag(key, flag, null, "$evaluators: " + RuleCompiler.NO_REFERENCES);
        }
        JsonNode rule = flag.path("targeting");
        if (rule.isEmpty()) {
            return new CompiledFlag(key, flag, null, null);
        }
        try {
            return new CompiledFlag(key, flag, new RuleCompiler().compile(rule), null);
        } catch (RuleException e) {
            return new CompiledFlag(key, flag, null, "targeting: " + e.getMessage());
        }
    }

    public String key() {
        return key;
    }

    /** As it stands; not to be changed. */
    public ObjectNode definition() {
        return definition;
    }

    /** Why it can't be evaluated for anybody; null when it can. */
    public String problem() {
        return problem;
    }

    public boolean isEnabled() {
        return definition.path("state").asText().equals("ENABLED");
    }

    /** The variants, when all of them are texts; else none. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> variant : definition.path("variants").properties()) {
            if (!variant.getValue().isTextual()) {
                return Map.of();
            }
            texts.put(variant.getKey(), variant.getValue().textValue());
        }
        return texts;
    }

    /** The text that it is; null when it is none. */
    public String text(FlagContext context, Instant now) {
        JsonNode value = evaluate(context, now).value();
        return value == null ? null : value.textValue();
    }

    /** Whether it is true. */
    public boolean isTrue(FlagContext context, Instant now) {
        JsonNode value = evaluate(context, now).value();
        return value != null && value.asBoolean();
    }

    /** @param now what {@code $flagd.timestamp} is, in whole seconds */
    public FlagResult evaluate(FlagContext context, Instant now) {
        return evaluate(context, now, new EvaluationBudget());
    }

    /**
     * The same, telling how much it took.
     *
     * @param work fresh; once it is spent, the result is an error
     */
    public FlagResult evaluate(FlagContext context, Instant now, EvaluationBudget work) {
        if (!isEnabled()) {
            return FlagResult.without(key, FlagReason.DISABLED, metadata);
        }
        if (problem != null) {
            return FlagResult.failed(key, FlagError.PARSE_ERROR, problem, metadata);
        }
        if (targeting == null) {
            return ofVariant(null, FlagReason.STATIC);
        }
        Map<String, Object> flagd = Map.of("flagKey", key, "timestamp", (double) now.getEpochSecond());
        try {
            Object chosen = targeting.apply(Scope.top(new Scope.Root(context.attributes(), key, flagd, work)));
            return chosen == null
                    ? ofVariant(null, FlagReason.DEFAULT)
                    : ofVariant(Values.text(chosen, work), FlagReason.TARGETING_MATCH);
        } catch (RuleException e) {
            return FlagResult.failed(key, FlagError.GENERAL, "targeting: " + e.getMessage(), metadata);
        }
    }

    /** @param chosen null for the default */
    private FlagResult ofVariant(String chosen, FlagReason reason) {
        String variant = chosen == null ? definition.path("defaultVariant").textValue() : chosen;
        if (variant == null) {
            return FlagResult.without(key, FlagReason.DEFAULT, metadata);
        }
        JsonNode value = definition.path("variants").get(variant);
        return value == null
                ? FlagResult.failed(
                        key,
                        FlagError.GENERAL,
                        "targeting: chose \"" + brief(variant) + "\", which is no variant",
                        metadata)
                : new FlagResult(key, value, variant, reason, null, null, metadata);
    }

    private static String brief(String variant) {
        return variant.length() <= 100 ? variant : variant.substring(0, 100) + "…";
    }
}
