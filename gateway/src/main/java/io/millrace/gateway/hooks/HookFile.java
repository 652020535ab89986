package io.millrace.gateway.hooks;

import io.millrace.expressions.ExpressionException;
import io.millrace.gateway.access.Ids;
import io.millrace.gateway.file.YamlFile;
import io.millrace.gateway.file.YamlObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Reads the file of senders. */
final class HookFile {
    private static final int MOST_SOURCES = 200;
    private static final int MOST_RULES = 50;
    private static final Set<String> FIELDS = Set.of("name", "tenant", "signature", "delivery", "events");
    private static final Set<String> RULE = Set.of("when", "for_each", "type", "id", "occurred_at", "fields");
    /** What whoever serves the hook says of an event; a rule may say its correlation_id. */
    private static final Set<String> GIVEN =
            Set.of("schema_version", "event_id", "event_type", "occurred_at", "tenant", "specversion");

    private final Set<String> types;
    private final SignatureReader signatures;
    private final Map<String, HookSource> sources = new LinkedHashMap<>();

    private HookFile(Set<String> types, SignatureReader signatures) {
        this.types = types;
        this.signatures = signatures;
    }

    /**
     * The senders, by their names.
     *
     * @param types events that a sender may send
     * @param environment where secrets may be
     * @param named takes the files that it names
     * @throws IllegalArgumentException saying what is wrong, by line and field
     */
    static Map<String, HookSource> read(
            Path path, Set<String> types, Map<String, String> environment, Consumer<Path> named) {
        YamlFile file = YamlFile.read(path);
        return read(file, types, SecretPlaces.of(file, environment, named));
    }

    static Map<String, HookSource> read(YamlFile file, Set<String> types, SecretPlaces secrets) {
        HookFile reading = new HookFile(types, new SignatureReader(secrets));
        YamlObject.of(file)
                .only(Set.of("sources"))
                .objects("sources", 0, MOST_SOURCES)
                .forEach(reading::add);
        return reading.sources;
    }

    private void add(YamlObject source) {
        source.only(FIELDS);
        String name = source.text("name");
        if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw source.wrong("name", "must have 1 to 63 small letters, digits and '-'");
        }
        String tenant = source.text("tenant");
        if (!Ids.isValid(tenant)) {
            throw source.wrong("tenant", Ids.MUST);
        }
        SignatureReader.Signed signed = signatures.read(source.object("signature"));
        Formula delivery = source.has("delivery") ? formula(source, "delivery") : delivery(source, signed.delivery());
        Map<String, Integer> ofType = new HashMap<>();
        List<HookRule> rules = new ArrayList<>();
        for (YamlObject rule : source.objects("events", 1, MOST_RULES)) {
            rules.add(rule(rule, ofType));
        }
        if (sources.put(name, new HookSource(name, tenant, signed.signature(), delivery, rules)) != null) {
            throw source.wrong("name", "another one has the same");
        }
    }

    private static Formula delivery(YamlObject source, String usual) {
        try {
            return usual == null ? null : Formula.compile(source.place("delivery"), usual);
        } catch (ExpressionException e) {
            throw new IllegalStateException("what is usual is no expression", e);
        }
    }

    private HookRule rule(YamlObject rule, Map<String, Integer> ofType) {
        rule.only(RULE);
        String type = rule.text("type");
        if (!types.contains(type)) {
            throw rule.wrong("type", "must be one of " + String.join(", ", new TreeSet<>(types)));
        }
        YamlObject fields = rule.object("fields");
        fields.names().stream().filter(GIVEN::contains).findFirst().ifPresent(name -> {
            throw fields.wrong(name, "is not said here: type, occurred_at and the source's tenant are");
        });
        return new HookRule(
                optional(rule, "when"),
                optional(rule, "for_each"),
                type,
                ofType.merge(type, 1, Integer::sum),
                optional(rule, "id"),
                optional(rule, "occurred_at"),
                TemplateReader.fields(fields));
    }

    private static Formula optional(YamlObject object, String field) {
        return object.has(field) ? formula(object, field) : null;
    }

    private static Formula formula(YamlObject object, String field) {
        try {
            return Formula.compile(object.place(field), object.text(field));
        } catch (ExpressionException e) {
            throw object.wrong(field, e.getMessage());
        }
    }
}
