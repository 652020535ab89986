package io.millrace.logic.task;

import io.millrace.logic.recurrence.Occurrence;
import io.millrace.logic.recurrence.RecurrenceIds;
import io.millrace.logic.recurrence.RecurrenceSchedule;
import io.millrace.schema.task.Recurrence;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.task.TaskFields;
import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Uuid5;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;

/** Makes the occurrences of a series, when their time comes, and closes those that give way to them. */
final class Occurrences {
    static final int MAX_OPEN = 100;
    private static final String SERIES = "series";

    private Occurrences() {}

    /** The id of the event that announces an occurrence. */
    static UUID announcementId(Series series, LocalDateTime recurrenceId) {
        return Uuid5.of(Uuid5.of(series.createdBy(), SERIES), RecurrenceIds.format(recurrenceId));
    }

    /** Makes the next occurrence if it is to be made on completion and the latest one is closed. */
    static void makeOnCompletion(Change change, Cause cause) throws RejectedEventException {
        Series series = change.series();
        Schedule schedule = series.schedule();
        if (schedule == null
                || schedule.ended()
                || series.template().recurrence().next() != Recurrence.Next.ON_COMPLETION
                || series.task(series.tasks().size() - 1).isOpen()) {
            return;
        }
        long notBefore = cause.now() - Schedules.catchUp(series.template().recurrence());
        Occurrence next = Schedules.compiled(change).next(schedule.latest(), Instant.ofEpochMilli(notBefore));
        if (next == null) {
            change.become(series.withSchedule(schedule.end()));
            return;
        }
        announce(change, make(change, next.recurrenceId(), cause));
    }

    /** Makes the occurrence whose moment has come, as the overlap policy says, and schedules the one after it. */
    static void makeOnSchedule(Change change, long now) throws RejectedEventException {
        Series series = change.series();
        RecurrenceSchedule rule = Schedules.compiled(change);
        Occurrence next = rule.next(series.schedule().latest());
        if (next == null) {
            change.become(series.withSchedule(series.schedule().end()));
            return;
        }
        Recurrence.Overlap overlap = series.template().recurrence().overlap();
        boolean open = series.tasks().stream().anyMatch(Task::isOpen);
        if (open && overlap == Recurrence.Overlap.SKIP) {
            change.become(series.withSchedule(series.schedule().at(next.recurrenceId())));
        } else {
            UUID id = announcementId(series, next.recurrenceId());
            Cause cause = new Cause(id, TaskEventType.CREATED, "", now, now, now, null, null);
            if (overlap == Recurrence.Overlap.REPLACE) {
                skipOldest(change, 0, -1, cause);
            }
            announce(change, make(change, next.recurrenceId(), cause));
        }
        Schedules.next(change, rule, Long.MIN_VALUE);
    }

    /** Takes up an occurrence that was announced on the log but is not in state, as after a start from older state. */
    static boolean adopt(Change change, LocalDateTime recurrenceId, Cause cause) throws RejectedEventException {
        Series series = change.series();
        Schedule schedule = series.schedule();
        if (schedule == null
                || schedule.ended()
                || !recurrenceId.isAfter(schedule.latest())
                || !announcementId(series, recurrenceId).equals(cause.id())) {
            return false;
        }
        make(change, recurrenceId, cause);
        if (series.template().recurrence().next() == Recurrence.Next.ON_SCHEDULE) {
            Schedules.next(change, Schedules.compiled(change), Long.MIN_VALUE);
        }
        return true;
    }

    /** Makes an occurrence and gives what stands for its creation. */
    private static Cause make(Change change, LocalDateTime recurrenceId, Cause by) {
        Series series = change.series();
        TaskFields due = TaskFields.ofDue(Schedules.dueDate(
                recurrenceId, series.template().recurrence(), series.template().zone()));
        Task occurrence = new Task(recurrenceId, TaskStatus.OPEN, 0, due, null, List.of(), null, by.now(), 0);
        change.become(series.plusTask(occurrence)
                .withSchedule(series.schedule().at(recurrenceId).due(Long.MAX_VALUE)));
        int index = series.tasks().size();
        Cause created = new Cause(
                announcementId(series, recurrenceId),
                TaskEventType.CREATED,
                change.taskId(index),
                by.now(),
                by.now(),
                by.now(),
                by.correlationId(),
                by.traceparent());
        ReminderTimes.arm(change, index, created, null);
        change.accept(index, created);
        skipOldest(change, MAX_OPEN, index, created);
        return created;
    }

    private static void announce(Change change, Cause created) {
        change.command(new TaskCommand.Announce(new TaskEvent(
                created.id(),
                TaskEventType.CREATED,
                Instant.ofEpochMilli(created.now()),
                change.key().tenant(),
                change.key().userId(),
                created.taskId(),
                created.correlationId(),
                created.traceparent(),
                change.fieldsOf(change.series().tasks().size() - 1),
                null)));
    }

    /** Closes the oldest open occurrences but {@code spared}, so that no more than {@code mayStay} are open. */
    static void skipOldest(Change change, int mayStay, int spared, Cause cause) {
        int open = 0;
        for (int i = 0; i < change.series().tasks().size(); i++) {
            open += change.series().task(i).isOpen() ? 1 : 0;
        }
        for (int i = 0; i < change.series().tasks().size() && open > mayStay; i++) {
            if (i != spared && change.series().task(i).isOpen()) {
                change.close(i, TaskStatus.SKIPPED, cause.now());
                change.accept(i, cause);
                open--;
            }
        }
    }
}
