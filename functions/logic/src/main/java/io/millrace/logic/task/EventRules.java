package io.millrace.logic.task;

import io.millrace.logic.recurrence.RecurrenceIds;
import io.millrace.schema.task.DueDate;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.task.TaskFields;
import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What each type of event does to the task it names, and to the rest of its series. */
final class EventRules {
    private static final long MILLIS_PER_MINUTE = 60_000;

    private EventRules() {}

    /**
     * Applies an event that {@link TaskLifecycle} lets pass.
     *
     * @param index position of its task; -1 for a task not known
     * @throws RejectedEventException when the event can't be applied; {@code change} is then of no use any more
     */
    static Outcome apply(Change change, int index, TaskEvent event, Cause cause) throws RejectedEventException {
        switch (event.type()) {
            case CREATED -> {
                if (event.taskId().indexOf(TaskEvent.OCCURRENCE_SEPARATOR) >= 0) {
                    return createdOccurrence(change, event, cause);
                }
                created(change, event, cause);
            }
            case UPDATED -> updated(change, index, event, cause);
            case COMPLETED -> close(change, index, TaskStatus.COMPLETED, cause);
            case DELETED -> deleted(change, index, event, cause);
            case REOPENED -> reopened(change, index, cause);
            case SNOOZED -> snoozed(change, index, event, cause);
        }
        return Outcome.APPLIED;
    }

    private static void created(Change change, TaskEvent event, Cause cause) throws RejectedEventException {
        TaskFields fields = event.fields();
        Task root = new Task(
                null,
                TaskStatus.OPEN,
                0,
                fields.gives(TaskFields.DUE) ? TaskFields.ofDue(fields.due()) : TaskFields.NONE,
                null,
                List.of(),
                null,
                cause.now(),
                0);
        change.become(change.series().created(event.eventId(), fields.without(TaskFields.DUE), root));
        Schedules.reschedule(change, fields, cause);
        requireZoneOfLocalDue(change.fieldsOf(0));
        ReminderTimes.arm(change, 0, cause, null);
        change.accept(0, cause);
    }

    private static Outcome createdOccurrence(Change change, TaskEvent event, Cause cause)
            throws RejectedEventException {
        int separator = event.taskId().indexOf(TaskEvent.OCCURRENCE_SEPARATOR);
        LocalDateTime recurrenceId = RecurrenceIds.parse(event.taskId().substring(separator + 1));
        if (recurrenceId != null && Occurrences.adopt(change, recurrenceId, cause)) {
            return Outcome.APPLIED;
        }
        if (isAnnouncement(change.series(), recurrenceId, event)) {
            return Outcome.RECOGNISED;
        }
        throw new RejectedEventException(
                ErrorCode.INVALID_VALUE,
                "task_id: occurrences are made by their series, and this one is not part of it");
    }

    /** Whether the event is the series' own announcement of an occurrence, read back. */
    static boolean isAnnouncement(Series series, LocalDateTime recurrenceId, TaskEvent event) {
        return event.type() == TaskEventType.CREATED
                && recurrenceId != null
                && series.createdBy() != null
                && Occurrences.announcementId(series, recurrenceId).equals(event.eventId());
    }

    /** Whether the event is about the series as a whole, and not about its first occurrence, whose id it shares. */
    static boolean concernsSeries(Change change, TaskEvent event) {
        return change.isSeries()
                && (event.type() == TaskEventType.UPDATED || event.type() == TaskEventType.DELETED)
                && event.taskId().equals(change.key().rootId());
    }

    private static void updated(Change change, int index, TaskEvent event, Cause cause) throws RejectedEventException {
        List<ReminderPlan> before = plans(change);
        if (event.taskId().equals(change.key().rootId())) {
            updateSeries(change, event.fields(), cause);
        } else {
            Task task = change.series().task(index);
            change.become(
                    change.series().withTask(index, task.withOwn(task.own().with(event.fields()))));
        }
        for (int i = 0; i < change.series().tasks().size(); i++) {
            boolean named = i == index;
            Task task = change.series().task(i);
            ReminderPlan now = ReminderPlan.of(change, i);
            if (!Objects.equals(now.dueAt(), before.get(i).dueAt())) {
                change.become(change.series().withTask(i, task.moved()));
            }
            if (!task.isOpen() && !named) {
                continue;
            }
            requireZoneOfLocalDue(now.fields());
            if (task.isOpen() && !now.sameMoments(before.get(i))) {
                ReminderTimes.arm(change, i, cause, before.get(i));
            }
            if (named || !now.fields().equals(before.get(i).fields())) {
                change.accept(i, cause);
            }
        }
        Occurrences.makeOnCompletion(change, cause);
    }

    private static void updateSeries(Change change, TaskFields changes, Cause cause) throws RejectedEventException {
        Series series = change.series();
        boolean recurred = series.schedule() != null && !series.schedule().ended();
        TaskFields shared = changes.without(TaskFields.DUE);
        int inherited = shared.without(TaskFields.RECURRENCE).given();
        for (int i = 0; i < series.tasks().size() && inherited != 0; i++) {
            Task task = series.task(i);
            // The root is the one the event names: closed, it changes unless its id stands for the series.
            boolean changed = i == 0 && (task.isOpen() || !recurred);
            Task next = changed ? task.withOwn(task.own().without(inherited)) : task;
            if (!changed && !task.isOpen()) {
                next = task.keeping(series.template(), inherited);
            }
            if (next != task) {
                change.become(change.series().withTask(i, next));
            }
        }
        change.become(change.series().withTemplate(series.template().with(shared)));
        boolean recurs = recurred ? change.series().template().recurrence() != null : changes.recurrence() != null;
        if (changes.gives(TaskFields.DUE)) {
            updateDue(change, changes, recurred, recurs);
        }
        Schedules.reschedule(change, changes, cause);
    }

    private static void updateDue(Change change, TaskFields changes, boolean recurred, boolean recurs)
            throws RejectedEventException {
        if (changes.due() == null && recurs) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_VALUE, "due_at: may not be cleared while the task recurs");
        }
        int target = recurred || recurs ? change.series().tasks().size() - 1 : 0;
        if (recurs && Schedules.isDueOfNext(change, changes)) {
            return;
        }
        Task task = change.series().task(target);
        change.become(change.series().withTask(target, task.withOwn(task.own().with(TaskFields.ofDue(changes.due())))));
    }

    private static void reopened(Change change, int index, Cause cause) {
        Task task = change.series().task(index);
        change.become(change.series().withTask(index, task.reopened()));
        // ReminderTimes up to its closing came while it was open.
        ReminderTimes.arm(change, index, cause.notBefore(task.closedAt() + 1), null);
        change.accept(index, cause);
        Occurrences.skipOldest(change, Occurrences.MAX_OPEN, index, cause);
    }

    private static void close(Change change, int index, TaskStatus as, Cause cause) throws RejectedEventException {
        change.close(index, as, cause.now());
        change.accept(index, cause);
        Occurrences.makeOnCompletion(change, cause);
    }

    private static void deleted(Change change, int index, TaskEvent event, Cause cause) throws RejectedEventException {
        if (!concernsSeries(change, event)) {
            close(change, index, TaskStatus.DELETED, cause);
            return;
        }
        change.become(change.series().withSchedule(change.series().schedule().end()));
        for (int i = 0; i < change.series().tasks().size(); i++) {
            if (i == index || change.series().task(i).isOpen()) {
                change.close(i, TaskStatus.DELETED, cause.now());
                change.accept(i, cause);
            }
        }
    }

    private static void snoozed(Change change, int index, TaskEvent event, Cause cause) throws RejectedEventException {
        DueDate until = event.snooze().until();
        long at;
        if (until == null) {
            at = cause.loggedAt() + event.snooze().minutes() * MILLIS_PER_MINUTE;
        } else {
            Long instant = ReminderTimes.instantOf(until, change.fieldsOf(index).zone());
            if (instant == null) {
                throw new RejectedEventException(
                        ErrorCode.INVALID_VALUE, "snooze_until: a local date-time needs a task with a time_zone");
            }
            at = instant;
            if (at <= cause.now() && at < cause.occurredAt()) {
                throw new RejectedEventException(
                        ErrorCode.INVALID_VALUE, "snooze_until: had passed when the event occurred");
            }
        }
        ReminderTimes.snooze(change, index, cause, at);
        change.accept(index, cause);
    }

    private static void requireZoneOfLocalDue(TaskFields fields) throws RejectedEventException {
        if (fields.due() != null && fields.due().local() != null && fields.zone() == null) {
            throw new RejectedEventException(
                    ErrorCode.MISSING_FIELD, "time_zone: a local due_at needs one; or give due_at an offset");
        }
    }

    private static List<ReminderPlan> plans(Change change) {
        List<ReminderPlan> all = new ArrayList<>(change.series().tasks().size());
        for (int i = 0; i < change.series().tasks().size(); i++) {
            all.add(ReminderPlan.of(change, i));
        }
        return all;
    }
}
