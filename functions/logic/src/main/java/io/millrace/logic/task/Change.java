package io.millrace.logic.task;

import io.millrace.logic.recurrence.RecurrenceIds;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskFields;
import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.task.TaskView;
import io.millrace.schema.wire.Uuid5;
import java.util.ArrayList;
import java.util.List;

/** A decision being made: the state as it is so far, and the commands so far. */
final class Change {
    private final SeriesKey key;
    private final ReadySchedules schedules;
    private Series series;
    private final List<TaskCommand> commands = new ArrayList<>(2);

    Change(SeriesKey key, Series series, ReadySchedules schedules) {
        this.key = key;
        this.schedules = schedules;
        this.series = series;
    }

    SeriesKey key() {
        return key;
    }

    ReadySchedules schedules() {
        return schedules;
    }

    Series series() {
        return series;
    }

    void become(Series next) {
        series = next;
    }

    /** Takes back all that came after the given state and number of commands. */
    void revert(Series before, int commandsBefore) {
        series = before;
        commands.subList(commandsBefore, commands.size()).clear();
    }

    void command(TaskCommand command) {
        commands.add(command);
    }

    List<TaskCommand> commands() {
        return commands;
    }

    boolean isSeries() {
        return !series.tasks().isEmpty() && series.task(0).recurrenceId() != null;
    }

    /** The id of a task of this series: the root's own, or that of an occurrence. */
    String taskId(int index) {
        return index == 0 ? key.rootId() : occurrenceId(series.task(index));
    }

    private String occurrenceId(Task task) {
        return key.rootId() + TaskEvent.OCCURRENCE_SEPARATOR + RecurrenceIds.format(task.recurrenceId());
    }

    /** The position of the task of that id, or -1. The root is also known by the id of the first occurrence. */
    int find(String taskId) {
        List<Task> tasks = series.tasks();
        if (tasks.isEmpty()) {
            return -1;
        }
        if (taskId.equals(key.rootId())) {
            return 0;
        }
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.get(i).recurrenceId() != null && taskId.equals(occurrenceId(tasks.get(i)))) {
                return i;
            }
        }
        return -1;
    }

    /** All fields of a task, as they hold for it now. */
    TaskFields fieldsOf(int index) {
        return fieldsOf(series.task(index));
    }

    TaskFields fieldsOf(Task task) {
        return series.template().without(TaskFields.RECURRENCE).with(task.own());
    }

    void close(int index, TaskStatus as, long now) {
        series = series.withTask(index, series.task(index).closed(as, now));
    }

    /** Counts the event for the task and publishes its view. */
    void accept(int index, Cause cause) {
        series = series.withTask(index, series.task(index).accepted());
        publish(index, cause);
    }

    void publish(int index, Cause cause) {
        Task task = series.task(index);
        String taskId = taskId(index);
        TaskFields fields = fieldsOf(index);
        Long due = ReminderTimes.dueAt(fields);
        if (!fields.gives(TaskFields.REMIND_BEFORE) && due != null) {
            fields = fields.with(ReminderTimes.DEFAULT_REMINDERS);
        }
        if (index == 0 && series.template().recurrence() != null) {
            fields = fields.with(TaskFields.ofRecurrence(series.template().recurrence()));
        }
        long next = task.nextMoment();
        boolean ofSeries = task.recurrenceId() != null;
        command(new TaskCommand.Publish(new TaskView(
                Uuid5.of(cause.id(), taskId),
                cause.occurredAt(),
                key.tenant(),
                key.userId(),
                taskId,
                ofSeries ? key.rootId() : null,
                ofSeries ? RecurrenceIds.format(task.recurrenceId()) : null,
                task.version(),
                task.status(),
                cause.id(),
                cause.type().wireName(),
                fields,
                due,
                next == Long.MAX_VALUE ? null : next,
                task.createdAt(),
                cause.now(),
                cause.correlationId(),
                cause.traceparent())));
    }
}
