package io.millrace.logic.task;

import io.millrace.logic.recurrence.InvalidRecurrenceException;
import io.millrace.logic.recurrence.Occurrence;
import io.millrace.logic.recurrence.RecurrenceIds;
import io.millrace.logic.recurrence.RecurrenceSchedule;
import io.millrace.schema.task.DueDate;
import io.millrace.schema.task.Recurrence;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.task.TaskFields;
import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Uuid5;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Makes the occurrences of a series: which comes next, when it is made, and what becomes of those still open. */
final class Occurrences {
    static final int MAX_OPEN = 100;
    private static final String SERIES = "series";

    private Occurrences() {}

    /** The id of the event that announces an occurrence. */
    static UUID announcementId(Series series, LocalDateTime recurrenceId) {
        return Uuid5.of(Uuid5.of(series.createdBy(), SERIES), RecurrenceIds.format(recurrenceId));
    }

    /**
     * Begins, changes or ends the schedule of a series after its template changed.
     *
     * @param anchorAnew whether the rule counts from the latest occurrence's due date from now on
     * @throws RejectedEventException when the rule can't be followed
     */
    static void reschedule(Change change, Cause cause, boolean anchorAnew) throws RejectedEventException {
        Recurrence recurrence = change.series().template().recurrence();
        Schedule schedule = change.series().schedule();
        if (recurrence == null) {
            if (schedule != null) {
                change.become(change.series().withSchedule(schedule.end()));
            }
            return;
        }
        requireZone(change.series().template());
        if (anchorAnew || schedule == null) {
            anchor(change, recurrence);
        }
        // Compiled also when nothing is to be made now: a rule that can't be followed is refused when it is given.
        RecurrenceSchedule rule = compiled(change.series());
        if (recurrence.next() == Recurrence.Next.ON_SCHEDULE
                && !change.series().schedule().ended()) {
            scheduleNext(change, rule, cause.now() - catchUp(recurrence));
        } else {
            change.become(
                    change.series().withSchedule(change.series().schedule().due(Long.MAX_VALUE)));
        }
    }

    private static void requireZone(TaskFields template) throws RejectedEventException {
        if (template.zone() == null) {
            throw new RejectedEventException(
                    ErrorCode.MISSING_FIELD, "time_zone: a task that recurs needs one, so that its local time stays");
        }
    }

    private static void anchor(Change change, Recurrence recurrence) throws RejectedEventException {
        int latest = change.series().tasks().size() - 1;
        LocalDateTime due = localDue(change, latest, recurrence);
        if (change.series().task(latest).recurrenceId() == null) {
            change.become(change.series()
                    .withTask(latest, change.series().task(latest).withRecurrenceId(due)));
        }
        LocalDateTime anchor = recurrence.dtstart() != null ? recurrence.dtstart() : due;
        LocalDateTime scheduled = change.series().task(latest).recurrenceId();
        LocalDateTime after = scheduled.isAfter(due) ? scheduled : due;
        change.become(change.series().withSchedule(new Schedule(anchor, after, Long.MAX_VALUE, false)));
    }

    /** The local due date of a task; the due date becomes local, and is taken from the rule when there is none. */
    private static LocalDateTime localDue(Change change, int index, Recurrence recurrence)
            throws RejectedEventException {
        Task task = change.series().task(index);
        DueDate due = change.fieldsOf(index).due();
        if (due != null && due.local() != null) {
            return due.local();
        }
        LocalDateTime local;
        if (due != null) {
            local = LocalDateTime.ofInstant(
                    due.instant(), change.series().template().zone());
        } else if (task.recurrenceId() != null) {
            return task.recurrenceId();
        } else if (recurrence.dtstart() != null) {
            local = first(recurrence, change.series().template().zone());
        } else {
            throw new RejectedEventException(
                    ErrorCode.MISSING_FIELD, "due_at: a task that recurs needs it, or recurrence.dtstart");
        }
        Task withDue = task.withOwn(task.own().with(TaskFields.ofDue(DueDate.local(local))));
        change.become(change.series().withTask(index, withDue));
        return local;
    }

    private static LocalDateTime first(Recurrence recurrence, ZoneId zone) throws RejectedEventException {
        Occurrence first = compiled(recurrence, recurrence.dtstart(), zone).first();
        if (first == null) {
            throw new RejectedEventException(ErrorCode.INVALID_RECURRENCE, "recurrence: has no occurrence at all");
        }
        return first.recurrenceId();
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
        long notBefore = cause.now() - catchUp(series.template().recurrence());
        Occurrence next = compiled(series).next(schedule.latest(), Instant.ofEpochMilli(notBefore));
        if (next == null) {
            change.become(series.withSchedule(schedule.end()));
        } else {
            make(change, next.recurrenceId(), cause);
        }
    }

    /** Makes the occurrence whose moment has come, as the overlap policy says, and schedules the one after it. */
    static void makeOnSchedule(Change change, long now) throws RejectedEventException {
        Series series = change.series();
        RecurrenceSchedule rule = compiled(series);
        Occurrence next = rule.next(series.schedule().latest());
        if (next == null) {
            change.become(series.withSchedule(series.schedule().end()));
            return;
        }
        Recurrence.Overlap overlap = series.template().recurrence().overlap();
        boolean open = series.tasks().stream().anyMatch(Task::isOpen);
        UUID id = announcementId(series, next.recurrenceId());
        Cause cause = new Cause(id, TaskEventType.CREATED, "", now, now, null, null);
        if (open && overlap == Recurrence.Overlap.SKIP) {
            change.become(series.withSchedule(series.schedule().at(next.recurrenceId())));
        } else {
            if (overlap == Recurrence.Overlap.REPLACE) {
                skipOldest(change, 0, cause);
            }
            make(change, next.recurrenceId(), cause);
        }
        scheduleNext(change, rule, Long.MIN_VALUE);
    }

    private static void scheduleNext(Change change, RecurrenceSchedule rule, long notBefore) {
        Series series = change.series();
        Schedule schedule = series.schedule();
        Occurrence next = notBefore == Long.MIN_VALUE
                ? rule.next(schedule.latest())
                : rule.next(schedule.latest(), Instant.ofEpochMilli(notBefore));
        if (next == null) {
            change.become(series.withSchedule(schedule.end()));
            return;
        }
        if (notBefore != Long.MIN_VALUE && next.recurrenceId().isAfter(schedule.latest())) {
            // What was passed over stays passed over: the next look begins just before the one found.
            schedule = schedule.at(next.recurrenceId().minus(1, ChronoUnit.MILLIS));
        }
        long makeAt = Moments.firstMoment(series.template(), next.due().toEpochMilli());
        change.become(series.withSchedule(schedule.due(makeAt)));
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
            scheduleNext(change, compiled(change.series()), Long.MIN_VALUE);
        }
        return true;
    }

    private static void make(Change change, LocalDateTime recurrenceId, Cause by) {
        Series series = change.series();
        UUID id = announcementId(series, recurrenceId);
        Task occurrence = new Task(
                recurrenceId,
                TaskStatus.OPEN,
                0,
                TaskFields.ofDue(DueDate.local(recurrenceId)),
                null,
                List.of(),
                null,
                by.now(),
                0);
        change.become(series.plusTask(occurrence)
                .withSchedule(series.schedule().at(recurrenceId).due(Long.MAX_VALUE)));
        int index = series.tasks().size();
        String taskId = change.taskId(index);
        Cause created =
                new Cause(id, TaskEventType.CREATED, taskId, by.now(), by.now(), by.correlationId(), by.traceparent());
        change.command(new TaskCommand.Announce(new TaskEvent(
                id,
                TaskEventType.CREATED,
                Instant.ofEpochMilli(by.now()),
                change.key().tenant(),
                change.key().userId(),
                taskId,
                by.correlationId(),
                by.traceparent(),
                change.fieldsOf(index),
                null)));
        Moments.arm(change, index, created);
        change.accept(index, created);
        skipOldest(change, MAX_OPEN, created);
    }

    /** Closes the oldest open occurrences, so that no more than {@code mayStay} are open. */
    private static void skipOldest(Change change, int mayStay, Cause cause) {
        long open = change.series().tasks().stream().filter(Task::isOpen).count();
        for (int i = 0; i < change.series().tasks().size() && open > mayStay; i++) {
            if (change.series().task(i).isOpen()) {
                change.close(i, TaskStatus.SKIPPED, cause.now());
                change.accept(i, cause);
                open--;
            }
        }
    }

    private static long catchUp(Recurrence recurrence) {
        return recurrence.catchUp() == null ? 0 : recurrence.catchUp().toMillis();
    }

    private static RecurrenceSchedule compiled(Series series) throws RejectedEventException {
        return compiled(
                series.template().recurrence(),
                series.schedule().anchor(),
                series.template().zone());
    }

    private static RecurrenceSchedule compiled(Recurrence recurrence, LocalDateTime anchor, ZoneId zone)
            throws RejectedEventException {
        try {
            return RecurrenceSchedule.compile(recurrence, anchor, zone);
        } catch (InvalidRecurrenceException e) {
            throw new RejectedEventException(ErrorCode.INVALID_RECURRENCE, e.getMessage());
        }
    }
}
