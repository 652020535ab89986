package io.millrace.jobs.tasks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * A task event being written, as a service of another team would: from docs/tasks.md, not with this code base's
 * writers.
 */
final class EventJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode json = JSON.createObjectNode();

    private EventJson() {}

    static EventJson event(String type, String user, String task) {
        return new EventJson()
                .with("schema_version", 1)
                .with("event_id", UUID.randomUUID().toString())
                .with("event_type", type)
                .with("occurred_at", Instant.now().toString())
                .with("user_id", user)
                .with("task_id", task);
    }

    static EventJson created(String user, String task) {
        return event("task.created", user, task).with("title", "Pay the rent");
    }

    static EventJson completed(String user, String task) {
        return event("task.completed", user, task);
    }

    EventJson with(String field, Object value) {
        json.set(field, JSON.valueToTree(value));
        return this;
    }

    EventJson without(String field) {
        json.remove(field);
        return this;
    }

    EventJson due(Instant at) {
        return with("due_at", at.toString());
    }

    String text(String field) {
        return json.path(field).asText();
    }

    String id() {
        return text("event_id");
    }

    String user() {
        return text("user_id");
    }

    ObjectNode json() {
        return json;
    }

    byte[] bytes() {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
