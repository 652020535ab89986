package io.millrace.testing.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What goes wrong in the structure of an event: fields missing, moved, mistyped, given twice, out of bounds. */
final class JsonMutations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FIELDS = List.of(
            "title",
            "description",
            "priority",
            "tags",
            "due_at",
            "time_zone",
            "remind_before_minutes",
            "recurrence",
            "snooze_minutes",
            "snooze_until",
            "tenant",
            "correlation_id",
            "occurred_at",
            "event_type",
            "extra");
    private static final List<String> TYPES = List.of(
            "task.created",
            "task.updated",
            "task.completed",
            "task.reopened",
            "task.deleted",
            "reminder.snoozed",
            "task.exploded");

    private final Random random;
    private final StrangeValues values;

    JsonMutations(Random random, StrangeValues values) {
        this.random = random;
        this.values = values;
    }

    /** One thing in the event, or in an object inside it. */
    void change(ObjectNode event) {
        ObjectNode object = event;
        while (random.nextInt(3) == 0 && child(object) != null) {
            object = child(object);
        }
        List<String> names = names(object);
        String name = names.isEmpty() ? "extra" : names.get(random.nextInt(names.size()));
        switch (random.nextInt(12)) {
            case 0 -> object.remove(name);
            case 1, 2 -> object.set(name, JSON.valueToTree(values.any()));
            case 3 -> object.set(FIELDS.get(random.nextInt(FIELDS.size())), JSON.valueToTree(values.any()));
            case 4, 5 -> object.set("recurrence", JSON.valueToTree(values.recurrence()));
            case 6 -> object.put("event_type", TYPES.get(random.nextInt(TYPES.size())));
            case 7 -> object.put(random.nextBoolean() ? "due_at" : "occurred_at", values.dateTime());
            case 8 -> object.set(name, JSON.createArrayNode().add(object.get(name)));
            case 9 -> swap(object, names);
            case 10 -> object.set(name.toUpperCase(Locale.ROOT), object.remove(name));
            default -> object.set("remind_before_minutes", minutes());
        }
    }

    /** An object inside, null when there is none. */
    private ObjectNode child(ObjectNode object) {
        List<ObjectNode> children = new ArrayList<>();
        for (JsonNode each : object) {
            if (each instanceof ObjectNode child) {
                children.add(child);
            }
        }
        return children.isEmpty() ? null : children.get(random.nextInt(children.size()));
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void swap(ObjectNode object, List<String> names) {
        if (names.size() > 1) {
            String one = names.get(random.nextInt(names.size()));
            String other = names.get(random.nextInt(names.size()));
            JsonNode value = object.get(one);
            object.set(one, object.get(other));
            object.set(other, value);
        }
    }

    private ArrayNode minutes() {
        ArrayNode minutes = JSON.createArrayNode();
        int count = random.nextInt(15) == 0 ? 21 : random.nextInt(6);
        for (int i = 0; i < count; i++) {
            minutes.add(random.nextInt(8) == 0 ? random.nextInt(600_000) : random.nextInt(100));
        }
        return minutes;
    }

    /** JSON that a tree can't hold: a field twice, nesting, numbers and escapes that parsers stumble over. */
    String malformed(String text) {
        String field = FIELDS.get(random.nextInt(FIELDS.size()));
        String open = text.substring(0, text.length() - 1) + (text.length() > 2 ? "," : "");
        return switch (random.nextInt(8)) {
            case 0 -> open + "\"" + field + "\":1,\"" + field + "\":2}";
            case 1 -> open + "\"" + field + "\":" + nested() + "}";
            case 2 -> open + "\"" + field + "\":\"\\ud83d" + values.pick("x", "\\ud83d", "") + "\"}";
            case 3 ->
                open + "\"" + field + "\":"
                        + values.pick("1" + "0".repeat(2_000), "-1e999", "01", "+1", "NaN", ".5", "1.", "0x10") + "}";
            case 4 -> open + "\"" + field + "\":" + oversized() + "}";
            case 5 -> text + values.pick(" ", "\n", "{}", "x", "/* comment */", "\u0000");
            case 6 -> text.replaceFirst(values.pick(":", ",", "\"", "1"), values.pick("", "'", ";", "\\\\"));
            default -> open + "}";
        };
    }

    private String nested() {
        int depth = random.nextInt(10) == 0 ? 20_000 : 28 + random.nextInt(10);
        return random.nextBoolean()
                ? "[".repeat(depth) + "]".repeat(depth)
                : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    private String oversized() {
        return switch (random.nextInt(5)) {
            case 0 -> "\"" + "0".repeat(200_000) + "\"";
            case 1 -> "[" + "0,".repeat(50_000) + "0]";
            case 2 -> "\"" + "\\u0007".repeat(500) + "\"";
            case 3 -> "\"" + "é".repeat(10_000) + "\"";
            default -> "{\"" + "k".repeat(70_000) + "\":0}";
        };
    }
}
