package io.millrace.operators.task;

import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A partition of {@code task-events}: makes records with rising offsets and an event id each. */
final class TaskLog {
    static final String USER = "u-7";

    private long offset;

    /** A task of {@link #USER} with one reminder, at its due date. */
    IncomingTask created(String taskId, long logTime, long dueAt) {
        return event(taskId, logTime, "task.created", "\"title\":\"Pay the rent\",\"due_at\":\"" + at(dueAt) + "\"");
    }

    IncomingTask moved(String taskId, long logTime, long dueAt) {
        return event(taskId, logTime, "task.updated", "\"due_at\":\"" + at(dueAt) + "\"");
    }

    IncomingTask renamed(String taskId, long logTime, String title) {
        return event(taskId, logTime, "task.updated", "\"title\":\"" + title + "\"");
    }

    IncomingTask completed(String taskId, long logTime) {
        return event(taskId, logTime, "task.completed", null);
    }

    /** @param more further members of the JSON object; null for none */
    IncomingTask event(String taskId, long logTime, String type, String more) {
        String json =
                """
                {"schema_version":1,"event_id":"%s","event_type":"%s","occurred_at":"%s","user_id":"%s","task_id":"%s"%s}
                """
                        .formatted(
                                UUID.nameUUIDFromBytes(("event-" + offset).getBytes(StandardCharsets.UTF_8)),
                                type,
                                at(logTime),
                                USER,
                                taskId,
                                more == null ? "" : "," + more);
        SourceRecord source = record(logTime, json.getBytes(StandardCharsets.UTF_8));
        try {
            return new IncomingTask(TaskEventReader.read(source), source);
        } catch (RejectedEventException e) {
            throw new AssertionError(json, e);
        }
    }

    SourceRecord record(long logTime, byte[] value) {
        byte[] key = USER.getBytes(StandardCharsets.UTF_8);
        return new SourceRecord(Topics.TASK_EVENTS, 0, offset++, logTime, key, value, List.of());
    }

    static String at(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }
}
