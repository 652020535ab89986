package io.millrace.logic.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.event.EventType;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutDefined.Audience;
import io.millrace.schema.rollout.RolloutPhase;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.IsolatedJson;
import io.millrace.schema.wire.RejectedEventException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The definition of one flag as flagd knows it (https://flagd.dev/schema/v0/flags.json): what a roll-out has to know of it, and the
 * same definition with another percentage. Only the roll-out's own rule and its metadata are changed; all else stays as it
 * stands, whatever it is.
 *
 * <p>The own rule is the one {@code fractional} between the two variants, wherever it stands. Which of them is first in it stays, so
 * that flagd goes on to give the same users the new variant when its weight grows.
 */
public final class FlagDocument {
    /** The largest definition of a flag that is read, in UTF-16 code units. */
    public static final int MAX_LENGTH = 32 * 1024;

    /** There is one after it for each change that a roll-out can still make. */
    private static final long MAX_REVISION = 1L << 53;

    private static final String ROLLOUT = "millrace_rollout";
    private static final String REVISION = "millrace_revision";
    private static final String PHASE = "millrace_phase";

    private static final String FRACTIONAL = "fractional";
    private static final String TARGETING = "targeting";
    private static final String METADATA = "metadata";
    private static final String TARGETING_KEY = "targetingKey";
    private static final Set<String> STATES = Set.of("ENABLED", "DISABLED");

    private static final JsonMapper JSON = JsonMapper.builder(IsolatedJson.factory()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxNumberLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final ObjectNode flag;

    private FlagDocument(ObjectNode flag) {
        this.flag = flag;
    }

    /** @throws RejectedEventException when it is no definition of a flag, naming the field */
    public static FlagDocument read(String definition) throws RejectedEventException {
        if (definition.length() > MAX_LENGTH) {
            throw new RejectedEventException(
                    ErrorCode.TOO_LARGE,
                    "a flag has " + definition.length() + " characters, at most " + MAX_LENGTH + " are accepted");
        }
        try {
            if (!(JSON.readTree(definition) instanceof ObjectNode object)) {
                throw new RejectedEventException(ErrorCode.NOT_JSON, "expected a JSON object with the flag");
            }
            FlagDocument document = new FlagDocument(object);
            document.check();
            return document;
        } catch (JsonProcessingException e) {
            throw new RejectedEventException(ErrorCode.NOT_JSON, "a flag: " + e.getOriginalMessage());
        }
    }

    private void check() throws RejectedEventException {
        if (!flag.has("state")) {
            throw new RejectedEventException(ErrorCode.MISSING_FIELD, "state: missing");
        }
        if (!STATES.contains(flag.path("state").asText())) {
            throw invalid("state", "must be ENABLED or DISABLED");
        }
        if (!(flag.get("variants") instanceof ObjectNode variants) || variants.isEmpty()) {
            throw invalid("variants", "must be an object with at least one variant");
        }
        Set<String> kinds = new HashSet<>();
        for (Map.Entry<String, JsonNode> variant : variants.properties()) {
            if (variant.getKey().isEmpty()) {
                throw invalid("variants", "must have names");
            }
            kinds.add(kind(variant.getValue()));
        }
        if (kinds.size() > 1 || kinds.contains("")) {
            throw invalid("variants", "must all be booleans, or strings, numbers or objects");
        }
        JsonNode defaultVariant = flag.path("defaultVariant");
        if (!defaultVariant.isMissingNode() && !defaultVariant.isNull()) {
            if (!defaultVariant.isTextual() || !variants.has(defaultVariant.textValue())) {
                throw invalid("defaultVariant", "must be one of the variants, or null");
            }
        }
        if (flag.has(TARGETING) && !flag.get(TARGETING).isObject()) {
            throw invalid(TARGETING, "must be an object");
        }
        checkWeights(flag.path(TARGETING));
        checkMetadata();
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> "boolean";
            case STRING -> "string";
            case NUMBER -> "number";
            case OBJECT -> "object";
            default -> "";
        };
    }

    private static void checkWeights(JsonNode rule) throws RejectedEventException {
        for (JsonNode child : rule) {
            checkWeights(child);
        }
        if (!rule.has(FRACTIONAL)) {
            return;
        }
        for (JsonNode part : rule.get(FRACTIONAL)) {
            boolean isWeighed =
                    part.isArray() && part.size() == 2 && part.get(1).isNumber();
            if (isWeighed
                    && (!part.get(1).canConvertToInt()
                            || !part.get(1).isIntegralNumber()
                            || part.get(1).intValue() < 0)) {
                throw invalid(TARGETING, "weights of a fractional must be integers of at least 0");
            }
        }
    }

    private void checkMetadata() throws RejectedEventException {
        if (!flag.has(METADATA)) {
            return;
        }
        if (!flag.get(METADATA).isObject()) {
            throw invalid(METADATA, "must be an object");
        }
        JsonNode revision = flag.get(METADATA).path(REVISION);
        if (revision.isNumber() && revision.doubleValue() > MAX_REVISION) {
            throw invalid(METADATA + "." + REVISION, "must be at most " + MAX_REVISION);
        }
        for (JsonNode value : flag.get(METADATA)) {
            if (value.isContainerNode() || value.isNull()) {
                throw invalid(METADATA, "must have strings, numbers and booleans");
            }
        }
    }

    private static RejectedEventException invalid(String field, String problem) {
        return new RejectedEventException(ErrorCode.INVALID_VALUE, field + ": " + problem);
    }

    /** The definition as it stands; a copy. */
    public ObjectNode json() {
        return flag.deepCopy();
    }

    /**
     * The same with what roll-outs have noted in another one instead of what they have noted in this one.
     *
     * @param other null for nothing
     */
    public FlagDocument notedAs(FlagDocument other) {
        ObjectNode copy = flag.deepCopy();
        ObjectNode metadata = copy.withObjectProperty(METADATA);
        for (String field : List.of(ROLLOUT, REVISION, PHASE)) {
            JsonNode noted = other == null ? null : other.flag.path(METADATA).get(field);
            if (noted == null) {
                metadata.remove(field);
            } else {
                metadata.set(field, noted);
            }
        }
        if (metadata.isEmpty()) {
            copy.remove(METADATA);
        }
        return new FlagDocument(copy);
    }

    /** The roll-out that changed it last; null when none did. */
    public String rollout() {
        return flag.path(METADATA).path(ROLLOUT).textValue();
    }

    /** How often roll-outs have changed it; 0 when none did. */
    public long revision() {
        JsonNode revision = flag.path(METADATA).path(REVISION);
        return revision.isIntegralNumber() && revision.canConvertToLong() ? Math.max(0, revision.longValue()) : 0;
    }

    /** Where the roll-out was that changed it last; null when that is not known. */
    public RolloutPhase phase() {
        String name = flag.path(METADATA).path(PHASE).asText("");
        for (RolloutPhase phase : RolloutPhase.values()) {
            if (EventType.wireName(phase).equals(name)) {
                return phase;
            }
        }
        return null;
    }

    /** Whether the roll-out that changed it last has it in its hands. */
    public boolean isUnderWay() {
        RolloutPhase phase = phase();
        return phase != null && RolloutLifecycle.isActive(phase);
    }

    boolean isEnabled() {
        return flag.path("state").asText().equals("ENABLED");
    }

    /** The variant that everybody gets; null when not everybody gets the same, or that is not known. */
    public String serves() {
        if (!isEnabled()) {
            return null;
        }
        JsonNode rule = flag.path(TARGETING);
        if (rule.isEmpty()) {
            return flag.path("defaultVariant").textValue();
        }
        if (rule.size() != 1 || !rule.has(FRACTIONAL)) {
            return null;
        }
        List<JsonNode> parts = parts(rule);
        List<String> served = new ArrayList<>();
        for (JsonNode part : parts) {
            if (!part.path(0).isTextual() || part.size() > 2 || weight(part) < 0) {
                return null;
            }
            if (weight(part) > 0) {
                served.add(part.get(0).textValue());
            }
        }
        return served.size() == 1 ? served.get(0) : null;
    }

    /** Its parts without the expression by which users are told apart. */
    private static List<JsonNode> parts(JsonNode rule) {
        List<JsonNode> parts = new ArrayList<>();
        rule.path(FRACTIONAL).forEach(parts::add);
        if (!parts.isEmpty() && !parts.get(0).isArray()) {
            parts.remove(0);
        }
        return parts;
    }

    /** 1 when none is given; negative when it is not a number that stands there. */
    private static int weight(JsonNode part) {
        if (part.size() == 1) {
            return 1;
        }
        return part.path(1).canConvertToInt() && part.path(1).isIntegralNumber()
                ? part.get(1).intValue()
                : -1;
    }

    /** Why a roll-out of this definition can't be made of this flag; null when it can. */
    String unfit(RolloutDefined defined) {
        if (!isEnabled()) {
            return "the flag is disabled";
        }
        for (String variant : List.of(defined.to(), defined.from())) {
            if (!flag.path("variants").has(variant)) {
                return "the flag has no variant \"" + variant + "\"";
            }
        }
        JsonNode rule = withoutAudience(flag.path(TARGETING), defined.audience(), defined.to());
        int own = own(rule, defined.to(), defined.from()).size();
        if (own > 1) {
            return "the flag's targeting has several fractionals of \"" + defined.to() + "\" and \"" + defined.from()
                    + "\"";
        }
        return own == 0 && !hasPlace(rule, defined.from())
                ? "the flag's targeting has neither a fractional of \"" + defined.to() + "\" and \"" + defined.from()
                        + "\" nor an if whose else is \"" + defined.from() + "\""
                : null;
    }

    private static boolean hasPlace(JsonNode rule, String from) {
        if (rule.isEmpty()) {
            return true;
        }
        JsonNode branches = rule.path("if");
        return rule.size() == 1
                && branches.isArray()
                && branches.size() > 1
                && (branches.size() % 2 == 0
                        || branches.get(branches.size() - 1).isNull()
                        || from.equals(branches.get(branches.size() - 1).textValue()));
    }

    /** How many of 100 get the new variant by the roll-out's own rule; null when that can't be told. */
    Integer percent(RolloutDefined defined) {
        JsonNode rule = withoutAudience(flag.path(TARGETING), defined.audience(), defined.to());
        List<ObjectNode> own = own(rule, defined.to(), defined.from());
        if (own.size() != 1) {
            return null;
        }
        long all = 0;
        long fresh = 0;
        for (JsonNode part : parts(own.get(0))) {
            int weight = weight(part);
            all += weight;
            fresh += part.get(0).textValue().equals(defined.to()) ? weight : 0;
        }
        return all == 0 ? (Integer) 0 : (Integer) Math.toIntExact(Math.round(100.0 * fresh / all));
    }

    /** The fractionals between just these two variants. */
    private static List<ObjectNode> own(JsonNode rule, String to, String from) {
        List<ObjectNode> own = new ArrayList<>();
        collect(rule, Set.of(to, from), own);
        return own;
    }

    private static void collect(JsonNode rule, Set<String> variants, List<ObjectNode> own) {
        for (JsonNode child : rule) {
            collect(child, variants, own);
        }
        if (rule instanceof ObjectNode object && object.path(FRACTIONAL).isArray()) {
            List<JsonNode> parts = parts(object);
            boolean isOwn = parts.size() == 2
                    && parts.stream().allMatch(part -> part.path(0).isTextual() && weight(part) >= 0)
                    && !parts.get(0).get(0).equals(parts.get(1).get(0))
                    && parts.stream()
                            .allMatch(part -> variants.contains(part.get(0).textValue()));
            if (isOwn) {
                own.add(object);
            }
        }
    }

    /** The rule behind that of the audience; the rule itself when it does not begin with that. */
    private static JsonNode withoutAudience(JsonNode rule, Audience audience, String to) {
        if (audience == null) {
            return rule;
        }
        JsonNode branches = rule.path("if");
        boolean begins = rule.size() == 1
                && branches.size() == 3
                && branches.get(0).equals(isIn(audience))
                && to.equals(branches.get(1).textValue());
        return begins ? branches.get(2) : rule;
    }

    private static ObjectNode isIn(Audience audience) {
        ObjectNode condition = JSON.createObjectNode();
        ArrayNode in = condition.putArray("in");
        in.addObject().put("var", audience.attribute());
        ArrayNode values = in.addArray();
        audience.values().forEach(values::add);
        return condition;
    }

    /**
     * The definition as it is wanted.
     *
     * @throws RejectedEventException when it can't be, as the flag has changed
     */
    public String with(WantedFlag wanted) throws RejectedEventException {
        ObjectNode changed = flag.deepCopy();
        JsonNode rule = withoutAudience(changed.path(TARGETING), wanted.audience(), wanted.to());
        List<ObjectNode> own = own(rule, wanted.to(), wanted.from());
        if (own.size() > 1 || own.isEmpty() && !hasPlace(rule, wanted.from())) {
            throw invalid(TARGETING, "has no place for the rule of roll-out \"" + wanted.rollout() + "\"");
        }
        if (own.size() == 1) {
            weigh(own.get(0), wanted);
        } else {
            rule = placed(rule, wanted);
        }
        if (wanted.audience() != null && wanted.audienceOn()) {
            ObjectNode first = JSON.createObjectNode();
            first.putArray("if").add(isIn(wanted.audience())).add(wanted.to()).add(rule);
            rule = first;
        }
        changed.set(TARGETING, rule);
        ObjectNode metadata = changed.withObjectProperty(METADATA);
        metadata.put(ROLLOUT, wanted.rollout());
        metadata.put(REVISION, wanted.revision());
        metadata.put(PHASE, EventType.wireName(wanted.phase()));
        return changed.toString();
    }

    private static void weigh(ObjectNode rule, WantedFlag wanted) {
        for (JsonNode part : parts(rule)) {
            int percent = part.get(0).textValue().equals(wanted.to()) ? wanted.percent() : 100 - wanted.percent();
            ArrayNode array = (ArrayNode) part;
            if (array.size() == 1) {
                array.add(percent);
            } else {
                array.set(1, percent);
            }
        }
    }

    private static JsonNode placed(JsonNode rule, WantedFlag wanted) {
        ObjectNode own = JSON.createObjectNode();
        ArrayNode fractional = own.putArray(FRACTIONAL);
        ArrayNode bucket = fractional.addObject().putArray("cat");
        bucket.addObject().put("var", "$flagd.flagKey");
        bucket.addObject().put("var", wanted.bucketBy() == null ? TARGETING_KEY : wanted.bucketBy());
        fractional.addArray().add(wanted.to()).add(wanted.percent());
        fractional.addArray().add(wanted.from()).add(100 - wanted.percent());
        if (rule.isEmpty()) {
            return own;
        }
        ArrayNode branches = (ArrayNode) rule.get("if");
        if (branches.size() % 2 == 0) {
            branches.add(own);
        } else {
            branches.set(branches.size() - 1, own);
        }
        return rule;
    }
}
