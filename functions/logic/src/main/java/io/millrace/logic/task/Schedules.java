package io.millrace.logic.task;

import io.millrace.logic.recurrence.InvalidRecurrenceException;
import io.millrace.logic.recurrence.LocalTimes;
import io.millrace.logic.recurrence.Occurrence;
import io.millrace.logic.recurrence.RecurrenceSchedule;
import io.millrace.schema.task.DueDate;
import io.millrace.schema.task.Recurrence;
import io.millrace.schema.task.TaskFields;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Begins, changes and ends the {@link Schedule} of a series: from when its rule counts, and which occurrence is next.
 */
final class Schedules {

    private Schedules() {}

    /**
     * Follows a change of the template. A new due date or rule makes the rule count from the latest occurrence.
     *
     * @param changes what the event says
     * @throws RejectedEventException when the rule can't be followed
     */
    static void reschedule(Change change, TaskFields changes, Cause cause) throws RejectedEventException {
        Recurrence recurrence = change.series().template().recurrence();
        Schedule schedule = change.series().schedule();
        if (recurrence == null) {
            if (schedule != null) {
                change.become(change.series().withSchedule(schedule.end()));
            }
            return;
        }
        if (schedule != null && schedule.ended() && !changes.gives(TaskFields.RECURRENCE)) {
            return;
        }
        if (change.series().template().zone() == null) {
            throw new RejectedEventException(
                    ErrorCode.MISSING_FIELD, "time_zone: a task that recurs needs one, so that its local time stays");
        }
        if (changes.gives(TaskFields.DUE | TaskFields.RECURRENCE)) {
            anchor(change, recurrence, changes);
        }
        // Compiled also when nothing is to be made now: a rule that can't be followed is refused when it is given.
        RecurrenceSchedule rule = changes.gives(TaskFields.RECURRENCE)
                ? given(change, change.series().schedule().anchor())
                : compiled(change);
        if (recurrence.next() == Recurrence.Next.ON_SCHEDULE) {
            next(change, rule, cause.now() - catchUp(recurrence));
            requireFewAtOnce(change.series(), rule, cause.now());
        } else {
            change.become(
                    change.series().withSchedule(change.series().schedule().due(Long.MAX_VALUE)));
        }
    }

    private static void anchor(Change change, Recurrence recurrence, TaskFields changes) throws RejectedEventException {
        int latest = change.series().tasks().size() - 1;
        ZoneId zone = change.series().template().zone();
        LocalDateTime due = localDue(change, latest, recurrence);
        if (change.series().task(latest).recurrenceId() == null) {
            change.become(change.series()
                    .withTask(latest, change.series().task(latest).withRecurrenceId(due)));
        }
        LocalDateTime after = due;
        if (isDueOfNext(change, changes)) {
            due = local(changes.due(), zone);
            after = due.minus(1, ChronoUnit.SECONDS);
        }
        LocalDateTime scheduled = change.series().task(latest).recurrenceId();
        boolean byDtstart = recurrence.dtstart() != null && changes.gives(TaskFields.RECURRENCE);
        change.become(change.series()
                .withSchedule(new Schedule(
                        byDtstart ? recurrence.dtstart() : due,
                        scheduled.isAfter(after) ? scheduled : after,
                        Long.MAX_VALUE,
                        false)));
    }

    /** Whether the new due date is that of the next occurrence, because the latest one is closed and keeps its own. */
    static boolean isDueOfNext(Change change, TaskFields changes) {
        int latest = change.series().tasks().size() - 1;
        return changes.gives(TaskFields.DUE)
                && !change.series().task(latest).isOpen()
                && (change.series().task(latest).recurrenceId() != null
                        || change.fieldsOf(latest).due() != null);
    }

    /** The local due date of a task; the due date becomes local, and is taken from the rule when there is none. */
    private static LocalDateTime localDue(Change change, int index, Recurrence recurrence)
            throws RejectedEventException {
        Task task = change.series().task(index);
        ZoneId zone = change.series().template().zone();
        DueDate due = change.fieldsOf(index).due();
        LocalDateTime local;
        DueDate own;
        if (due != null) {
            local = local(due, zone);
            own = due.local() != null ? dueDate(local, recurrence, zone) : dueDate(local, due.instant(), zone);
        } else if (task.recurrenceId() != null) {
            return task.recurrenceId();
        } else if (recurrence.dtstart() != null) {
            local = first(change, recurrence);
            own = dueDate(local, recurrence, zone);
        } else {
            throw new RejectedEventException(
                    ErrorCode.MISSING_FIELD, "due_at: a task that recurs needs it, or recurrence.dtstart");
        }
        if (!own.equals(due)) {
            change.become(
                    change.series().withTask(index, task.withOwn(task.own().with(TaskFields.ofDue(own)))));
        }
        return local;
    }

    private static LocalDateTime local(DueDate due, ZoneId zone) {
        return due.local() != null ? due.local() : LocalDateTime.ofInstant(due.instant(), zone);
    }

    /** The due date of the occurrence at {@code local}. */
    static DueDate dueDate(LocalDateTime local, Recurrence recurrence, ZoneId zone) {
        return dueDate(local, LocalTimes.resolve(local, zone, recurrence.dstGap(), recurrence.dstOverlap()), zone);
    }

    /** A local due date, unless that would mean another instant by the defaults for daylight-saving changes. */
    private static DueDate dueDate(LocalDateTime local, Instant instant, ZoneId zone) {
        boolean plain = instant == null || LocalTimes.resolve(local, zone).equals(instant);
        return plain ? DueDate.local(local) : DueDate.at(instant);
    }

    private static LocalDateTime first(Change change, Recurrence recurrence) throws RejectedEventException {
        Occurrence first = given(change, recurrence.dtstart()).first();
        if (first == null) {
            throw new RejectedEventException(ErrorCode.INVALID_RECURRENCE, "recurrence: has no occurrence at all");
        }
        return first.recurrenceId();
    }

    /** Schedules the first occurrence after the latest that is due at {@code notBefore} or later. */
    static void next(Change change, RecurrenceSchedule rule, long notBefore) {
        Series series = change.series();
        Schedule schedule = series.schedule();
        Occurrence next = rule.next(schedule.latest(), Instant.ofEpochMilli(notBefore));
        if (next == null) {
            change.become(series.withSchedule(schedule.end()));
            return;
        }
        // What was passed over stays passed over: the next look begins just before the one found.
        LocalDateTime before = next.recurrenceId().minus(1, ChronoUnit.MILLIS);
        long makeAt = ReminderTimes.firstMoment(series.template(), next.due().toEpochMilli());
        change.become(series.withSchedule(schedule.at(before.isAfter(schedule.latest()) ? before : schedule.latest())
                .due(makeAt)));
    }

    /** So that one event can't make occurrences without end: those beyond the bound would be skipped at once anyway. */
    private static void requireFewAtOnce(Series series, RecurrenceSchedule rule, long now)
            throws RejectedEventException {
        if (series.schedule().nextAt() > now) {
            return;
        }
        LocalDateTime latest = series.schedule().latest();
        for (int made = 0; made <= Occurrences.MAX_OPEN; made++) {
            Occurrence next = rule.next(latest);
            if (next == null
                    || ReminderTimes.firstMoment(series.template(), next.due().toEpochMilli()) > now) {
                return;
            }
            latest = next.recurrenceId();
        }
        throw new RejectedEventException(
                ErrorCode.INVALID_RECURRENCE,
                "recurrence: more than " + Occurrences.MAX_OPEN
                        + " occurrences would be made at once; shorten remind_before_minutes or catch_up");
    }

    static long catchUp(Recurrence recurrence) {
        return recurrence.catchUp() == null ? 0 : recurrence.catchUp().toMillis();
    }

    static RecurrenceSchedule compiled(Change change) throws RejectedEventException {
        TaskFields template = change.series().template();
        try {
            return change.schedules()
                    .followed(template.recurrence(), change.series().schedule().anchor(), template.zone());
        } catch (InvalidRecurrenceException e) {
            throw new RejectedEventException(ErrorCode.INVALID_RECURRENCE, e.getMessage());
        }
    }

    /** What an event gives may be refused where what is followed may not. */
    private static RecurrenceSchedule given(Change change, LocalDateTime anchor) throws RejectedEventException {
        TaskFields template = change.series().template();
        try {
            return change.schedules().given(template.recurrence(), anchor, template.zone());
        } catch (InvalidRecurrenceException e) {
            throw new RejectedEventException(ErrorCode.INVALID_RECURRENCE, e.getMessage());
        }
    }
}
