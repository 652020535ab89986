package io.millrace.logic.task;

import io.millrace.logic.dedup.RecentIds;
import io.millrace.schema.task.TaskFields;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Everything that is remembered under one key: a task, or a series with its occurrences. Immutable. Times are
 * milliseconds since the epoch.
 *
 * @param clock latest log time of its records
 * @param createdBy id of the event that created the root; null while only waiting events are known
 * @param template fields of the root that its occurrences share: all but the due date
 * @param tasks the root first, then occurrences in the order they were made; empty while the root is unknown
 * @param schedule null when the task does not recur
 * @param recent ids of accepted events
 * @param overflowedUntil log time of the newest id moved out of {@code recent}; 0 when none was
 * @param forgetAt when the oldest overflowed ids are next to be forgotten; {@link Long#MAX_VALUE} when there are none
 * @param waiting events for tasks not known yet, oldest first
 */
public record Series(
        long clock,
        UUID createdBy,
        TaskFields template,
        List<Task> tasks,
        Schedule schedule,
        RecentIds recent,
        long overflowedUntil,
        long forgetAt,
        List<Waiting> waiting) {

    static final Series EMPTY =
            new Series(0, null, TaskFields.NONE, List.of(), null, RecentIds.NONE, 0, Long.MAX_VALUE, List.of());

    /** How many reminders are still to come. */
    public int pendingReminders() {
        int pending = 0;
        for (int i = 0; i < tasks.size(); i++) {
            pending += tasks.get(i).pendingReminders();
        }
        return pending;
    }

    /** The next time at which something is to be done without an event; {@link Long#MAX_VALUE} for never. */
    public long nextWake(TaskSettings settings) {
        long next = Math.min(forgetAt, schedule == null ? Long.MAX_VALUE : schedule.nextAt());
        for (int i = 0; i < tasks.size(); i++) {
            next = Math.min(next, tasks.get(i).nextMoment());
        }
        for (int i = 0; i < waiting.size(); i++) {
            next = Math.min(next, waiting.get(i).until());
        }
        return Math.min(next, forgottenAt(settings));
    }

    /** Whether one of its tasks is open, or one is still to come. */
    boolean isLive() {
        boolean live = schedule != null && !schedule.ended();
        for (int i = 0; i < tasks.size() && !live; i++) {
            live = tasks.get(i).isOpen();
        }
        return live;
    }

    /** Whether there is nothing left to remember at {@code time}. */
    boolean isForgettable(long time, TaskSettings settings) {
        return forgottenAt(settings) <= time;
    }

    private long forgottenAt(TaskSettings settings) {
        // Waiting events, and ids that overflowed, go first.
        if (isLive() || !waiting.isEmpty() || forgetAt != Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        long lastClosed = 0;
        for (int i = 0; i < tasks.size(); i++) {
            lastClosed = Math.max(lastClosed, tasks.get(i).closedAt());
        }
        long closed = lastClosed + settings.closedRetention().toMillis();
        long ids =
                recent.isEmpty() ? 0 : recent.newest() + settings.dedupWindow().toMillis();
        return Math.max(closed, ids) + 1;
    }

    /** The task of that position, 0 being the root. */
    Task task(int index) {
        return tasks.get(index);
    }

    Series withClock(long time) {
        return new Series(time, createdBy, template, tasks, schedule, recent, overflowedUntil, forgetAt, waiting);
    }

    /**
     * This, as if no record had been logged after {@code latest}; this very one when none was. What records from the
     * future have set would else stay until then.
     */
    Series notAfter(long latest, TaskSettings settings) {
        if (clock <= latest) {
            return this;
        }
        long waitsUntil = latest + settings.unknownTaskWait().toMillis();
        List<Waiting> bounded = waiting.stream()
                .map(each ->
                        new Waiting(each.eventId(), each.taskId(), Math.min(each.until(), waitsUntil), each.source()))
                .toList();
        return new Series(
                latest,
                createdBy,
                template,
                tasks,
                schedule,
                recent.notAfter(latest),
                Math.min(overflowedUntil, latest),
                forgetAt,
                bounded);
    }

    Series withTemplate(TaskFields fields) {
        return new Series(clock, createdBy, fields, tasks, schedule, recent, overflowedUntil, forgetAt, waiting);
    }

    Series withTasks(List<Task> newTasks) {
        return new Series(clock, createdBy, template, newTasks, schedule, recent, overflowedUntil, forgetAt, waiting);
    }

    Series withSchedule(Schedule newSchedule) {
        return new Series(clock, createdBy, template, tasks, newSchedule, recent, overflowedUntil, forgetAt, waiting);
    }

    Series withRecent(RecentIds ids, long newOverflowedUntil, long newForgetAt) {
        return new Series(clock, createdBy, template, tasks, schedule, ids, newOverflowedUntil, newForgetAt, waiting);
    }

    Series withWaiting(List<Waiting> events) {
        return new Series(clock, createdBy, template, tasks, schedule, recent, overflowedUntil, forgetAt, events);
    }

    Series withTask(int index, Task task) {
        if (tasks.size() == 1) {
            return withTasks(List.of(task));
        }
        List<Task> changed = new ArrayList<>(tasks);
        changed.set(index, task);
        return withTasks(changed);
    }

    Series created(UUID by, TaskFields fields, Task root) {
        return new Series(clock, by, fields, List.of(root), null, recent, overflowedUntil, forgetAt, waiting);
    }

    Series plusTask(Task task) {
        List<Task> more = new ArrayList<>(tasks);
        more.add(task);
        return withTasks(more);
    }

    Series plusWaiting(Waiting event) {
        List<Waiting> more = new ArrayList<>(waiting);
        more.add(event);
        return withWaiting(more);
    }
}
