package io.millrace.gateway.api;

import io.millrace.logic.recurrence.InvalidRecurrenceException;
import io.millrace.logic.recurrence.RecurrenceSchedule;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.task.TaskFields;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.time.LocalDateTime;

/** Reads events about tasks, and checks what their reader leaves to the job: whether a rule can be followed. */
final class RecurrenceCheck {

    private RecurrenceCheck() {}

    static void read(SourceRecord record) throws RejectedEventException {
        TaskFields fields = TaskEventReader.read(record).fields();
        LocalDateTime start = startOf(fields);
        if (start == null || fields.zone() == null) {
            return;
        }
        try {
            RecurrenceSchedule.compileGiven(fields.recurrence(), start, fields.zone());
        } catch (InvalidRecurrenceException e) {
            throw new RejectedEventException(ErrorCode.INVALID_RECURRENCE, e.getMessage());
        }
    }

    /** Null where the event does not say: that of a task that is known to the job alone. */
    private static LocalDateTime startOf(TaskFields fields) {
        if (fields.recurrence() == null) {
            return null;
        }
        if (fields.recurrence().dtstart() != null) {
            return fields.recurrence().dtstart();
        }
        if (fields.due() == null || fields.due().local() != null) {
            return fields.due() == null ? null : fields.due().local();
        }
        return fields.zone() == null
                ? null
                : LocalDateTime.ofInstant(fields.due().instant(), fields.zone());
    }
}
