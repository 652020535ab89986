package io.millrace.auditor;

import io.millrace.schema.task.Snooze;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventType;
import java.time.Instant;
import java.util.UUID;

/**
 * A record of the topic of events. What follows {@code reason} is null or zero when the event is bad; of one that may
 * be either, everything is there that could be read.
 *
 * @param logTime when the broker appended it, epoch milliseconds
 * @param size of the value in bytes
 * @param reason why it is bad or may be; empty for a good one
 * @param eventId null for one whose id the contract does not settle
 * @param occurredAt epoch milliseconds, rounded up
 */
record EventRecord(
        Position position,
        long logTime,
        int size,
        Fingerprint fingerprint,
        Validity validity,
        String reason,
        UUID eventId,
        TaskEventType type,
        long occurredAt,
        String tenant,
        String userId,
        String taskId,
        Changes changes,
        Snooze snooze)
        implements Original {

    boolean isBad() {
        return validity == Validity.BAD;
    }

    @Override
    public String subject() {
        return taskId == null ? "record " + position : tenant + "/" + userId + "/" + taskId;
    }

    boolean isOccurrence() {
        return taskId.indexOf(TaskEvent.OCCURRENCE_SEPARATOR) >= 0;
    }

    /** The part of the task's id that names the series. */
    String rootId() {
        int separator = taskId.indexOf(TaskEvent.OCCURRENCE_SEPARATOR);
        return separator < 0 ? taskId : taskId.substring(0, separator);
    }

    /** The part of an occurrence's id that names it within the series. */
    String recurrenceId() {
        return taskId.substring(taskId.indexOf(TaskEvent.OCCURRENCE_SEPARATOR) + 1);
    }

    @Override
    public String toString() {
        String what = type == null ? "a record" : type.wireName() + " " + eventId;
        return what + " at " + position + ", log time " + Instant.ofEpochMilli(logTime);
    }
}
