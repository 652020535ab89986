package io.millrace.logic.recurrence;

import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskFields;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import java.time.LocalDateTime;

/** What the reader of events about tasks leaves to the job, for those who publish them and want to know before. */
public final class GivenRecurrence {
    private GivenRecurrence() {}

    /**
     * Whether the rule of a recurrence can be followed from where the event has it start. Where the event does not say
     * that, as it is known to the job alone, nothing is checked.
     *
     * @throws RejectedEventException when the job would refuse it
     */
    public static TaskEvent require(TaskEvent event) throws RejectedEventException {
        TaskFields fields = event.fields();
        LocalDateTime start = startOf(fields);
        if (start != null && fields.zone() != null) {
            try {
                RecurrenceSchedule.compileGiven(fields.recurrence(), start, fields.zone());
            } catch (InvalidRecurrenceException e) {
                throw new RejectedEventException(ErrorCode.INVALID_RECURRENCE, e.getMessage());
            }
        }
        return event;
    }

    private static LocalDateTime startOf(TaskFields fields) {
        if (fields == null || fields.recurrence() == null) {
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
