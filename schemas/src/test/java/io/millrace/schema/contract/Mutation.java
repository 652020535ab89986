package io.millrace.schema.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.agent.AgentCallReader;
import io.millrace.schema.agent.AgentOutcomeReader;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.agent.AgentResultReader;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An example with one thing changed.
 *
 * @param name what was changed
 * @param json the document after the change
 */
record Mutation(String name, String json) {

    static final String CREATED = "task.created.v1.json";
    static final String MINIMAL = "task.created.minimal.v1.json";
    static final String OCCURRENCE = "task.created.occurrence.v1.json";
    static final String UPDATED = "task.updated.v1.json";
    static final String COMPLETED = "task.completed.v1.json";
    static final String DELETED = "task.deleted.v1.json";
    static final String SNOOZED = "reminder.snoozed.v1.json";
    static final String CLOUDEVENT = "task.created.cloudevent.v1.json";

    /** The example as it is. */
    static Mutation unchanged(String example) {
        return new Mutation(example, Contract.example(example).toString());
    }

    /** The value at {@code pointer} of the example set to what the text says in JSON. */
    static Mutation set(String example, String pointer, String value) {
        ObjectNode document = (ObjectNode) Contract.example(example);
        parent(document, pointer).set(field(pointer), Contract.parse(value));
        return new Mutation(example + " " + pointer + " = " + shorten(value), document.toString());
    }

    /** Another value in the same document. */
    Mutation and(String pointer, String value) {
        ObjectNode document = (ObjectNode) Contract.parse(json);
        parent(document, pointer).set(field(pointer), Contract.parse(value));
        return new Mutation(name + ", " + pointer + " = " + shorten(value), document.toString());
    }

    static Mutation without(String example, String pointer) {
        ObjectNode document = (ObjectNode) Contract.example(example);
        parent(document, pointer).remove(field(pointer));
        return new Mutation(example + " without " + pointer, document.toString());
    }

    Mutation andWithout(String pointer) {
        ObjectNode document = (ObjectNode) Contract.parse(json);
        parent(document, pointer).remove(field(pointer));
        return new Mutation(name + ", without " + pointer, document.toString());
    }

    /** The first occurrence of a text in the example's JSON replaced by another. */
    static Mutation replace(String example, String text, String replacement) {
        String original = Contract.example(example).toString();
        if (!original.contains(text)) {
            throw new IllegalArgumentException(example + " does not contain " + text);
        }
        return new Mutation(
                example + " " + shorten(text) + " -> " + shorten(replacement), original.replace(text, replacement));
    }

    /** JSON for a string of that many characters. */
    static String text(int characters) {
        return "\"" + "x".repeat(characters) + "\"";
    }

    /** JSON for an array of that many times the value. */
    static String times(int count, String value) {
        ArrayNode array = Contract.JSON.createArrayNode();
        JsonNode element = Contract.parse(value);
        for (int i = 0; i < count; i++) {
            array.add(element);
        }
        return array.toString();
    }

    boolean isValidBySchema() {
        JsonNode document = Contract.parse(json);
        String schema = Contract.schemaOf(document);
        if (!Contract.schemas().containsKey(schema)) {
            return false;
        }
        boolean valid = Contract.errors(schema, document).isEmpty();
        if (valid != Contract.errorsAssertingFormats(schema, document).isEmpty()) {
            throw new AssertionError("a validator that asserts formats judges otherwise: " + this);
        }
        return valid;
    }

    /** The reader's reason to reject it, or null when it accepts it. */
    RejectedEventException rejection() {
        try {
            read();
            return null;
        } catch (RejectedEventException e) {
            return e;
        }
    }

    /** The event, read by the reader of the topic that the example is from. */
    Record read() throws RejectedEventException {
        if (name.startsWith("agent.call")) {
            return AgentCallReader.read(record());
        } else if (name.startsWith("agent.outcome")) {
            return AgentOutcomeReader.read(record());
        } else if (name.startsWith("agent.result")) {
            return AgentResultReader.read(record());
        } else if (name.startsWith("agent.")) {
            return AgentRegistryReader.read(keyed());
        }
        return TaskEventReader.read(record());
    }

    /** With the key that the topic's compaction needs. */
    private SourceRecord keyed() {
        JsonNode event = Contract.parse(json);
        JsonNode data = event.has("specversion") ? event.path("data") : event;
        boolean invalidation = event.path("event_type").asText().equals("agent.cache.invalidated");
        String key = data.path("agent").asText()
                + (invalidation
                        ? "/" + data.path("version").asText("") + "/"
                                + data.path("dependency").asText("")
                        : "");
        return keyed(key, json.getBytes(StandardCharsets.UTF_8));
    }

    static SourceRecord keyed(String key, byte[] value) {
        byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return new SourceRecord("agent-registry", 0, 0, 1_795_000_000_000L, bytes, value, List.of());
    }

    boolean agrees() {
        return isValidBySchema() == (rejection() == null);
    }

    SourceRecord record() {
        return record(json.getBytes(StandardCharsets.UTF_8));
    }

    static SourceRecord record(byte[] value) {
        return new SourceRecord("task-events", 0, 0, 1_795_000_000_000L, null, value, List.of());
    }

    private static ObjectNode parent(ObjectNode document, String pointer) {
        return (ObjectNode) document.at(pointer.substring(0, pointer.lastIndexOf('/')));
    }

    private static String field(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    private static String shorten(String text) {
        return text.length() <= 60 ? text : text.substring(0, 50) + "… (" + text.length() + ")";
    }

    @Override
    public String toString() {
        return name;
    }
}
