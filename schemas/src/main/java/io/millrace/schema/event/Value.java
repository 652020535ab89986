package io.millrace.schema.event;

import io.millrace.schema.wire.EnvelopeReader;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Zones;
import java.io.IOException;
import java.util.regex.Pattern;

/** Values that several events have: where the JSON Schemas define each, and how it is read. */
public enum Value {
    /** Nothing shared: what it may be follows from its type and its {@link Field}. */
    OF_ITS_TYPE("", null),
    USER_ID("defs/envelope.v1.json#/$defs/user_id", Value::identifier),
    TASK_ID("defs/envelope.v1.json#/$defs/task_id", Value::identifier),
    TITLE("defs/task-fields.v1.json#/$defs/title", (field, json) -> json.string(field, 1, 500)),
    PRIORITY("defs/task-fields.v1.json#/$defs/priority", null),
    TIME_ZONE("defs/task-fields.v1.json#/$defs/time_zone", Value::zone),
    /** Any JSON value, held as its text; null in JSON is as if it were absent. */
    JSON("defs/workflow.v1.json#/$defs/json", (field, json) -> json.json(field, Value.MAX_JSON_BYTES)),
    RUN_ID("defs/workflow.v1.json#/$defs/run_id", Value::identifier),
    CONVERSATION_ID("defs/conversation.v1.json#/$defs/conversation_id", Value::reference),
    CUSTOMER_ID("defs/conversation.v1.json#/$defs/customer_id", Value::reference),
    WORKFLOW("defs/workflow.v1.json#/$defs/workflow", Value::workflow),
    WORKFLOW_VERSION("defs/workflow.v1.json#/$defs/version", Value::workflowVersion);

    /** Of a value of {@link #JSON}, as UTF-8 as it stands in the event. */
    public static final int MAX_JSON_BYTES = 256 * 1024;

    private static final Pattern WORKFLOW_NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final int MAX_VERSION = 128;
    private static final Pattern VERSION_NUMBER =
            Pattern.compile("[0-9]{1,9}\\.[0-9]{1,9}\\.[0-9]{1,9}(-[0-9A-Za-z.-]{1,50})?(\\+[0-9A-Za-z.-]{1,50})?");

    /** Reads a value; {@code field} is its full name for messages. */
    @FunctionalInterface
    interface Reading {
        Object read(String field, JsonEvent json) throws IOException, RejectedEventException;
    }

    private final String definition;
    private final Reading reading;

    Value(String definition, Reading reading) {
        this.definition = definition;
        this.reading = reading;
    }

    /** Its definition among the JSON Schemas; empty when it has none of its own. */
    public String definition() {
        return definition;
    }

    /** Null when it is read by its type. */
    Reading reading() {
        return reading;
    }

    private static Object identifier(String field, JsonEvent json) throws IOException, RejectedEventException {
        return json.identifier(field, EnvelopeReader.MAX_ID);
    }

    /** An id that is seen by many, and no personal data in itself. */
    private static Object reference(String field, JsonEvent json) throws IOException, RejectedEventException {
        String id = json.identifier(field, EnvelopeReader.MAX_ID);
        if (id.indexOf('@') >= 0) {
            throw json.invalid(field, "must be no address of mail: it is in logs and in the lake as it is");
        }
        return id;
    }

    private static Object workflow(String field, JsonEvent json) throws IOException, RejectedEventException {
        String name = json.string(field, 1, 63);
        if (!WORKFLOW_NAME.matcher(name).matches()) {
            throw json.invalid(
                    field,
                    "must be 1 to 63 small letters, digits and '-', beginning and ending with a letter or digit");
        }
        return name;
    }

    private static Object workflowVersion(String field, JsonEvent json) throws IOException, RejectedEventException {
        String version = json.string(field, 1, MAX_VERSION);
        if (!isWorkflowVersion(version)) {
            throw json.invalid(field, "must be a semantic version such as 1.0.0");
        }
        return version;
    }

    /** Whether a workflow may have that version. */
    public static boolean isWorkflowVersion(String text) {
        return text.length() <= MAX_VERSION && VERSION_NUMBER.matcher(text).matches();
    }

    private static Object zone(String field, JsonEvent json) throws IOException, RejectedEventException {
        try {
            return Zones.named(json.string(field, 1, EnvelopeReader.MAX_ID)).getId();
        } catch (IllegalArgumentException e) {
            throw json.invalid(field, e.getMessage());
        }
    }
}
