package io.millrace.logic.task;

import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.wire.Uuid5;
import java.util.UUID;

/**
 * Why something changes, and as of when.
 *
 * @param id the event's id
 * @param taskId the task the event names
 * @param occurredAt when it happened for its producer, milliseconds since the epoch
 * @param loggedAt log time of the event; before {@code now} when it waited for its task
 * @param now log time of the decision, milliseconds since the epoch
 * @param correlationId may be null, as {@code traceparent}
 */
record Cause(
        UUID id,
        TaskEventType type,
        String taskId,
        long occurredAt,
        long loggedAt,
        long now,
        String correlationId,
        String traceparent) {

    static Cause of(TaskEvent event, long loggedAt, long now) {
        return new Cause(
                event.eventId(),
                event.type(),
                event.taskId(),
                event.occurredAt().toEpochMilli(),
                loggedAt,
                now,
                event.correlationId(),
                event.traceparent());
    }

    /** As if it had happened no earlier than {@code time}. */
    Cause notBefore(long time) {
        return time <= occurredAt ? this : new Cause(id, type, taskId, time, loggedAt, now, correlationId, traceparent);
    }

    /**
     * What stands for this cause with the task of that id: two tasks armed by one event need different reminder ids.
     */
    Arming arming(String armedTaskId) {
        UUID arming = armedTaskId.equals(taskId) ? id : Uuid5.of(id, armedTaskId);
        return new Arming(arming, correlationId, traceparent);
    }
}
