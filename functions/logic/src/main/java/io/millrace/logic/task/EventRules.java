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
            case REOPENED -> {
                change.become(change.series()
                        .withTask(index, change.series().task(index).reopened()));
                Moments.arm(change, index, cause);
                change.accept(index, cause);
            }
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
        Occurrences.reschedule(change, cause, true);
        requireZoneOfLocalDue(change.fieldsOf(0));
        Moments.arm(change, 0, cause);
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

    private static void updated(Change change, int index, TaskEvent event, Cause cause) throws RejectedEventException {
        boolean wholeSeries = index == 0 && event.taskId().equals(change.key().rootId());
        List<Schedulable> before = schedulables(change);
        if (wholeSeries) {
            updateSeries(change, event.fields(), cause);
        } else {
            Task task = change.series().task(index);
            change.become(
                    change.series().withTask(index, task.withOwn(task.own().with(event.fields()))));
        }
        for (int i = 0; i < change.series().tasks().size(); i++) {
            boolean named = i == index;
            Task task = change.series().task(i);
            if (!task.isOpen() && !named) {
                continue;
            }
            Schedulable now = Schedulable.of(change, i);
            requireZoneOfLocalDue(now.fields());
            if (task.isOpen() && !now.sameMoments(before.get(i))) {
                Moments.arm(change, i, cause);
            }
            if (named || !now.fields().equals(before.get(i).fields())) {
                change.accept(i, cause);
            }
        }
        Occurrences.makeOnCompletion(change, cause);
    }

    private static void updateSeries(Change change, TaskFields changes, Cause cause) throws RejectedEventException {
        boolean recurs = change.series().schedule() != null
                && !change.series().schedule().ended();
        change.become(change.series().withTemplate(change.series().template().with(changes.without(TaskFields.DUE))));
        if (changes.gives(TaskFields.DUE)) {
            if (changes.due() == null && change.series().template().recurrence() != null) {
                throw new RejectedEventException(
                        ErrorCode.INVALID_VALUE, "due_at: may not be cleared while the task recurs");
            }
            int target = recurs ? change.series().tasks().size() - 1 : 0;
            Task task = change.series().task(target);
            change.become(
                    change.series().withTask(target, task.withOwn(task.own().with(TaskFields.ofDue(changes.due())))));
        }
        Task root = change.series().task(0);
        if (!root.isOpen() && !recurs) {
            // A closed task keeps its fields as they were when it closed; this one is changed by name.
            change.become(change.series()
                    .withTask(
                            0, root.withOwn(root.own().with(changes.without(TaskFields.RECURRENCE | TaskFields.DUE)))));
        }
        boolean anchorAnew = changes.gives(TaskFields.DUE) || changes.gives(TaskFields.RECURRENCE);
        Occurrences.reschedule(change, cause, anchorAnew);
    }

    private static void close(Change change, int index, TaskStatus as, Cause cause) throws RejectedEventException {
        change.close(index, as, cause.now());
        change.accept(index, cause);
        Occurrences.makeOnCompletion(change, cause);
    }

    private static void deleted(Change change, int index, TaskEvent event, Cause cause) throws RejectedEventException {
        boolean wholeSeries =
                change.isSeries() && event.taskId().equals(change.key().rootId());
        if (!wholeSeries) {
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
            at = cause.now() + event.snooze().minutes() * MILLIS_PER_MINUTE;
        } else {
            Long instant = Moments.instantOf(until, change.fieldsOf(index).zone());
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
        Moments.snooze(change, index, cause, at);
        change.accept(index, cause);
    }

    private static void requireZoneOfLocalDue(TaskFields fields) throws RejectedEventException {
        if (fields.due() != null && fields.due().local() != null && fields.zone() == null) {
            throw new RejectedEventException(
                    ErrorCode.MISSING_FIELD, "time_zone: a local due_at needs one; or give due_at an offset");
        }
    }

    private static List<Schedulable> schedulables(Change change) {
        List<Schedulable> all = new ArrayList<>(change.series().tasks().size());
        for (int i = 0; i < change.series().tasks().size(); i++) {
            all.add(Schedulable.of(change, i));
        }
        return all;
    }

    /** A task's fields, and what of them says when it reminds. */
    private record Schedulable(TaskFields fields, Long dueAt) {

        static Schedulable of(Change change, int index) {
            TaskFields fields = change.fieldsOf(index);
            return new Schedulable(fields, Moments.dueAt(fields));
        }

        boolean sameMoments(Schedulable other) {
            return Objects.equals(dueAt, other.dueAt)
                    && Moments.remindBefore(fields).equals(Moments.remindBefore(other.fields));
        }
    }
}
