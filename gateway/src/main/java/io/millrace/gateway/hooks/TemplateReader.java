package io.millrace.gateway.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.expressions.ExpressionException;
import io.millrace.gateway.file.YamlObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads values with expressions in them. */
final class TemplateReader {
    private static final int MAX_DEPTH = 16;

    private final YamlObject object;
    private final String field;

    private TemplateReader(YamlObject object, String field) {
        this.object = object;
        this.field = field;
    }

    /** @throws IllegalArgumentException saying what is wrong, by line and field */
    static Template.Fields fields(YamlObject object) {
        Map<String, Template> fields = new LinkedHashMap<>();
        object.names()
                .forEach(name -> fields.put(
                        name, new TemplateReader(object, name).read(object.get(name), object.place(name), 0)));
        return new Template.Fields(fields);
    }

    private Template read(JsonNode value, String place, int depth) {
        if (depth > MAX_DEPTH) {
            throw object.wrong(field, "nested deeper than " + MAX_DEPTH + " levels");
        }
        if (value.isObject()) {
            Map<String, Template> fields = new LinkedHashMap<>();
            value.properties()
                    .forEach(one ->
                            fields.put(one.getKey(), read(one.getValue(), place + "." + one.getKey(), depth + 1)));
            return new Template.Fields(fields);
        }
        if (value.isArray()) {
            List<Template> elements = new ArrayList<>();
            for (int i = 0; i < value.size(); i++) {
                elements.add(read(value.get(i), place + "[" + i + "]", depth + 1));
            }
            return new Template.Elements(elements);
        }
        if (!value.isTextual() || !Formula.isOne(value.textValue())) {
            return new Template.Literal(value);
        }
        try {
            return new Template.Computed(Formula.compile(place, value.textValue()));
        } catch (ExpressionException e) {
            throw object.wrong(field, e.getMessage());
        }
    }
}
