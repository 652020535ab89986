package io.millrace.gateway.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** An object in a file of YAML, which says by line and field what is wrong with it. */
public final class YamlObject {
    private final YamlFile file;
    private final String pointer;
    private final JsonNode node;

    private YamlObject(YamlFile file, String pointer, JsonNode node) {
        this.file = file;
        this.pointer = pointer;
        this.node = node;
        if (!node.isObject()) {
            throw file.wrong(pointer, node.isMissingNode() || node.isNull() ? "missing" : "must be an object");
        }
    }

    /** @throws IllegalArgumentException when the file holds none */
    public static YamlObject of(YamlFile file) {
        return new YamlObject(file, "", file.root());
    }

    private String at(String field) {
        return pointer + "/" + field.replace("~", "~0").replace("/", "~1");
    }

    public IllegalArgumentException wrong(String field, String what) {
        return file.wrong(at(field), what);
    }

    /** Where a field is, for messages that come later. */
    public String place(String field) {
        return YamlFile.field(at(field));
    }

    /** @throws IllegalArgumentException when it has others */
    public YamlObject only(Set<String> fields) {
        node.fieldNames().forEachRemaining(name -> {
            if (!fields.contains(name)) {
                throw wrong(name, "there is no such field; there are " + String.join(", ", new TreeSet<>(fields)));
            }
        });
        return this;
    }

    public boolean has(String field) {
        return node.hasNonNull(field);
    }

    public JsonNode get(String field) {
        return node.path(field);
    }

    /** The names of its fields. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /**
     * What YAML takes for a number it has changed already: 010 is 8.
     *
     * @throws IllegalArgumentException when there is none
     */
    public String text(String field) {
        if (!has(field)) {
            throw wrong(field, "missing");
        }
        if (!get(field).isTextual()) {
            throw wrong(field, "must be a text; put it in quotes");
        }
        return get(field).textValue();
    }

    /** {@code otherwise} when there is none. */
    public String text(String field, String otherwise) {
        return has(field) ? text(field) : otherwise;
    }

    public YamlObject object(String field) {
        return new YamlObject(file, at(field), get(field));
    }

    /** @throws IllegalArgumentException when it is not a list of so many objects */
    public List<YamlObject> objects(String field, int min, int max) {
        JsonNode list = get(field);
        if (!list.isArray() || list.size() < min || list.size() > max) {
            throw wrong(field, "must be a list of " + min + " to " + max);
        }
        List<YamlObject> objects = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            objects.add(new YamlObject(file, at(field) + "/" + i, list.get(i)));
        }
        return objects;
    }
}
