package io.millrace.schema.task;

import io.millrace.schema.wire.CloudEvent;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.EnvelopeReader;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.EventValue;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.ObjectFields;
import io.millrace.schema.wire.Precedence;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Zones;
import java.io.IOException;
import java.util.Arrays;

/** Reads of {@code task.changed}, which {@link TaskViewWriter} writes, the summary. An instance reads one event. */
public final class TaskSummaryReader {
    private static final String TYPE = "task.changed";
    private static final int MAX_TITLE = 500;

    private static final ObjectFields<TaskSummaryReader> FIELDS = new ObjectFields<TaskSummaryReader>("")
            .with("user_id", (into, field, json) -> into.userId = json.identifier(field, EnvelopeReader.MAX_ID))
            .with("task_id", (into, field, json) -> into.taskId = json.identifier(field, EnvelopeReader.MAX_ID))
            .with("version", (into, field, json) -> into.version = json.number(field, 1, Long.MAX_VALUE))
            .with("status", (into, field, json) -> into.status = status(field, json))
            .with("title", (into, field, json) -> into.title = json.string(field, 1, MAX_TITLE))
            .with("priority", (into, field, json) -> into.priority = TaskFieldsReader.priority(field, json))
            .with(
                    "due_at",
                    (into, field, json) -> into.dueAt = json.instant(field).toEpochMilli())
            .with("time_zone", (into, field, json) -> into.timeZone = zone(field, json));

    private final EnvelopeReader envelope = new EnvelopeReader(TYPE::equals);
    private int seen;
    private String userId;
    private String taskId;
    private Long version;
    private TaskStatus status;
    private String title;
    private Priority priority;
    private Long dueAt;
    private String timeZone;

    private TaskSummaryReader() {}

    /**
     * Reads the view that a record holds.
     *
     * @throws RejectedEventException when it is none; never anything else, whatever the bytes
     */
    public static TaskSummary read(SourceRecord source) throws RejectedEventException {
        return EventValue.read(source, TaskEventReader.MAX_BYTES, TaskSummaryReader::read);
    }

    private static TaskSummary read(byte[] value, CloudEvent cloudEvent) throws RejectedEventException {
        return Precedence.before(() -> new TaskSummaryReader().readAll(value, cloudEvent), value, TYPE::equals);
    }

    private TaskSummary readAll(byte[] value, CloudEvent cloudEvent) throws RejectedEventException {
        JsonEvent.readObject(value, 0, value.length, this::readField);
        return finish(envelope.finish(cloudEvent));
    }

    private void readField(String name, JsonEvent json) throws IOException, RejectedEventException {
        if (!envelope.readField(name, json)) {
            seen = FIELDS.read(name, json, this, seen);
        }
    }

    private TaskSummary finish(Envelope common) throws RejectedEventException {
        require(userId, "user_id");
        require(taskId, "task_id");
        require(version, "version");
        require(status, "status");
        require(title, "title");
        return new TaskSummary(common.tenant(), userId, taskId, version, status, title, priority, dueAt, timeZone);
    }

    private static void require(Object value, String field) throws RejectedEventException {
        if (value == null) {
            throw new RejectedEventException(ErrorCode.MISSING_FIELD, field + ": missing");
        }
    }

    private static TaskStatus status(String field, JsonEvent json) throws IOException, RejectedEventException {
        String text = json.string(field, 0, EnvelopeReader.MAX_ID);
        for (TaskStatus status : TaskStatus.values()) {
            if (status.wireName().equals(text)) {
                return status;
            }
        }
        throw json.invalid(
                field,
                "must be one of "
                        + String.join(
                                ", ",
                                Arrays.stream(TaskStatus.values())
                                        .map(TaskStatus::wireName)
                                        .toList()));
    }

    private static String zone(String field, JsonEvent json) throws IOException, RejectedEventException {
        try {
            return Zones.named(json.string(field, 1, EnvelopeReader.MAX_ID)).getId();
        } catch (IllegalArgumentException e) {
            throw json.invalid(field, e.getMessage());
        }
    }
}
