package io.millrace.logic.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.workflow.WorkflowError;

/**
 * What went wrong, as RFC 9457 has it. Components are only ever appended.
 *
 * @param title may be null, as {@code detail}
 * @param instance JSON pointer of the step
 * @param code of an agent's error; null for others
 */
record RunError(String type, int status, String title, String detail, String instance, String code) {
    private static final int MAX_TYPE = 500;
    private static final int MAX_INSTANCE = 1_000;
    private static final int MAX_TITLE = 500;
    private static final int MAX_DETAIL = 2_000;

    RunError {
        type = Texts.cut(type, MAX_TYPE);
        instance = Texts.cut(instance, MAX_INSTANCE);
        title = Texts.cut(title, MAX_TITLE);
        detail = Texts.cut(detail, MAX_DETAIL);
    }

    static RunError of(ErrorKind kind, String detail) {
        return new RunError(kind.type(), kind.status(), kind.title(), detail, null, null);
    }

    RunError at(String pointer) {
        return instance != null ? this : new RunError(type, status, title, detail, pointer, code);
    }

    JsonNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", type);
        json.put("status", status);
        put(json, "title", title);
        put(json, "detail", detail);
        put(json, "instance", instance);
        put(json, "code", code);
        return json;
    }

    private static void put(ObjectNode json, String name, String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    WorkflowError toEvent() {
        return new WorkflowError(type, status, title, detail, instance);
    }

    static RunError of(WorkflowError error) {
        return new RunError(error.type(), error.status(), error.title(), error.detail(), error.instance(), null);
    }

    /** Whether it has all members of a filter, equal. */
    boolean matches(JsonNode filter) {
        JsonNode mine = toJson();
        for (var member : filter.properties()) {
            JsonNode value = mine.get(member.getKey());
            boolean same = member.getKey().equals("type")
                    ? ErrorKind.isSame(type, member.getValue().asText())
                    : member.getValue().equals(value);
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
