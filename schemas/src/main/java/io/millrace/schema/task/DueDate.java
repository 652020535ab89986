package io.millrace.schema.task;

import java.time.Instant;
import java.time.LocalDateTime;

/**
 * When a task is due: an instant, or a date and time on the wall clock of the task's zone. The zone is a field of its
 * own ({@code time_zone}) and is applied at the last moment, so that a change of zone or of its rules moves the due
 * date.
 *
 * @param instant null when the due date is local; at most millisecond precision, rounded up
 * @param local null when the due date is an instant; at most millisecond precision, rounded up
 */
public record DueDate(Instant instant, LocalDateTime local) {

    public DueDate {
        if ((instant == null) == (local == null)) {
            throw new IllegalArgumentException("a due date is either an instant or local");
        }
    }

    public static DueDate at(Instant instant) {
        return new DueDate(instant, null);
    }

    public static DueDate local(LocalDateTime local) {
        return new DueDate(null, local);
    }
}
