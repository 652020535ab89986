package io.millrace.logic.task;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.recurrence.RecurrenceIds;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * The decisions about one series: {@code (state, event, now) → (state', commands)}. {@code now} is the record's log
 * time, or the moment that came; the same state and input always give the same decision. Not thread-safe.
 */
public final class TaskDecider {
    private final TaskSettings settings;
    private final SeenIds seenIds;
    private final ReadySchedules schedules = new ReadySchedules();
    private final long unknownTaskWait;
    private static final int MAX_CLOSED = 30;

    private final long closedRetention;

    public TaskDecider(TaskSettings settings) {
        this.settings = settings;
        this.seenIds = new SeenIds(settings.dedupWindow().toMillis());
        this.unknownTaskWait = settings.unknownTaskWait().toMillis();
        this.closedRetention = settings.closedRetention().toMillis();
    }

    /** Decides about an event of a log whose times are all right. */
    public Decision<Series, Outcome, TaskCommand> decide(
            SeriesKey key, Series state, IncomingTask incoming, OverflowedIds overflowed) {
        return decide(key, state, incoming, Long.MAX_VALUE, overflowed);
    }

    /**
     * Decides about an event. ReminderTimes that came at or before its log time come first.
     *
     * @param state null when nothing is remembered under the key
     * @param latest what is logged, or was, as of a later time is taken to be as of this one, milliseconds since the
     *     epoch
     */
    public Decision<Series, Outcome, TaskCommand> decide(
            SeriesKey key, Series state, IncomingTask incoming, long latest, OverflowedIds overflowed) {
        Series before = state == null ? Series.EMPTY : state.notAfter(latest, settings);
        long now = Math.max(before.clock(), Math.min(incoming.source().timestamp(), latest));
        Change change = new Change(key, before, schedules);
        if (state != null) {
            passMoments(change, now);
        }
        UUID eventId = incoming.event().eventId();
        if (seenIds.contains(change.series(), eventId, now, overflowed)
                || WaitingEvents.contains(change.series(), eventId)) {
            return decision(change, Outcome.DUPLICATE);
        }
        change.become(change.series().withClock(now));
        Outcome outcome = take(change, incoming, now, now);
        if (outcome == Outcome.APPLIED) {
            applyWaiting(change, now);
            prune(change, now);
        }
        return decision(change, outcome);
    }

    /** Decides what is due at or before {@code time}, in a log whose times are all right. */
    public Decision<Series, Outcome, TaskCommand> wake(SeriesKey key, Series state, long time) {
        return wake(key, state, time, Long.MAX_VALUE);
    }

    /**
     * Decides what is due at or before {@code time}, milliseconds since the epoch.
     *
     * @param latest as for an event
     */
    public Decision<Series, Outcome, TaskCommand> wake(SeriesKey key, Series state, long time, long latest) {
        Change change = new Change(key, state.notAfter(latest, settings), schedules);
        passMoments(change, time);
        return decision(change, Outcome.WOKEN);
    }

    private static Decision<Series, Outcome, TaskCommand> decision(Change change, Outcome outcome) {
        Series series = change.series();
        boolean nothing = series.tasks().isEmpty()
                && series.waiting().isEmpty()
                && series.recent().isEmpty()
                && series.forgetAt() == Long.MAX_VALUE;
        return new Decision<>(nothing ? null : series, outcome, change.commands());
    }

    /** Does what is due at or before {@code time}, each in its own moment, earliest first. */
    private void passMoments(Change change, long time) {
        long moment;
        while ((moment = change.series().nextWake(settings)) <= time) {
            ReminderTimes.send(change, moment);
            WaitingEvents.expire(change, moment);
            Series series = change.series();
            if (series.schedule() != null && series.schedule().nextAt() <= moment) {
                makeOnSchedule(change, moment);
            }
            if (series.forgetAt() <= moment) {
                seenIds.forgetOverflowed(change, moment);
            }
            if (change.series().isForgettable(moment, settings)) {
                change.become(Series.EMPTY);
                return;
            }
            if (change.series().clock() < moment) {
                // What came is done: an event that was logged before and comes now comes after it.
                change.become(change.series().withClock(moment));
            }
        }
    }

    private void makeOnSchedule(Change change, long moment) {
        // The moment lies before the log when the series was given, or changed, after it.
        long now = Math.max(moment, change.series().clock());
        try {
            Occurrences.makeOnSchedule(change, now);
        } catch (RejectedEventException e) {
            throw new IllegalStateException("a rule that was accepted can't be followed: " + e.getMessage(), e);
        }
        applyWaiting(change, now);
        prune(change, now);
    }

    private Outcome take(Change change, IncomingTask incoming, long loggedAt, long now) {
        Series before = change.series();
        int commandsBefore = change.commands().size();
        TaskEvent event = incoming.event();
        int index = change.find(event.taskId());
        if (index >= 0 && isReadBack(change.series(), event)) {
            return Outcome.RECOGNISED;
        }
        Answer answer = answer(change, index, event);
        switch (answer) {
            case APPLIED -> {
                try {
                    Outcome outcome = EventRules.apply(change, index, event, Cause.of(event, loggedAt, now));
                    if (outcome == Outcome.APPLIED) {
                        seenIds.add(change, event.eventId(), now);
                    }
                    return outcome;
                } catch (RejectedEventException e) {
                    change.revert(before, commandsBefore);
                    return reject(change, incoming.source(), e.code(), e.getMessage());
                }
            }
            case NO_EFFECT -> {
                seenIds.add(change, event.eventId(), now);
                return Outcome.NO_EFFECT;
            }
            case WAITS -> {
                return WaitingEvents.keep(change, incoming, now + unknownTaskWait);
            }
            default -> {
                return reject(change, incoming.source(), answer.code(), describe(answer, event));
            }
        }
    }

    private static boolean isReadBack(Series series, TaskEvent event) {
        int separator = event.taskId().indexOf(TaskEvent.OCCURRENCE_SEPARATOR);
        return separator >= 0
                && event.type() == TaskEventType.CREATED
                && EventRules.isAnnouncement(
                        series, RecurrenceIds.parse(event.taskId().substring(separator + 1)), event);
    }

    private static Answer answer(Change change, int index, TaskEvent event) {
        Series series = change.series();
        if (index < 0) {
            boolean ofUnknownSeries =
                    series.tasks().isEmpty() && event.taskId().indexOf(TaskEvent.OCCURRENCE_SEPARATOR) >= 0;
            return ofUnknownSeries ? Answer.WAITS : TaskLifecycle.answer(null, event.type());
        }
        TaskStatus status = series.task(index).status();
        if (status == TaskStatus.DELETED && EventRules.concernsSeries(change, event) && series.isLive()) {
            // Its first occurrence alone was deleted.
            status = TaskStatus.OPEN;
        }
        return TaskLifecycle.answer(status, event.type());
    }

    private static String describe(Answer answer, TaskEvent event) {
        String task = "task_id: \"" + event.taskId() + "\" ";
        return switch (answer) {
            case TASK_EXISTS -> task + "exists already; change it with task.updated";
            case TASK_COMPLETED -> task + "is closed; reopen it first";
            case TASK_DELETED -> task + "is deleted";
            default -> throw new IllegalArgumentException(answer + " is no rejection");
        };
    }

    private static Outcome reject(Change change, SourceRecord source, ErrorCode code, String message) {
        change.command(new TaskCommand.Reject(source, code, message));
        return Outcome.REJECTED;
    }

    /** Applies the events that waited for a task which is known now, in the order in which they came. */
    private void applyWaiting(Change change, long now) {
        if (change.series().waiting().isEmpty()) {
            return;
        }
        IncomingTask ready;
        while ((ready = WaitingEvents.takeReady(change)) != null) {
            take(change, ready, Math.min(ready.source().timestamp(), now), now);
        }
    }

    /**
     * Forgets closed occurrences whose time is over, and the oldest when there are many: all of a series is read and
     * written with each event. The root and the latest stay as long as the series does.
     */
    private void prune(Change change, long now) {
        List<Task> tasks = change.series().tasks();
        if (tasks.size() <= 2) {
            return;
        }
        long before = now - closedRetention;
        int closed = 0;
        List<Task> kept = new ArrayList<>(tasks.size());
        for (int i = tasks.size() - 1; i >= 0; i--) {
            Task task = tasks.get(i);
            closed += task.isOpen() ? 0 : 1;
            boolean remembered = task.closedAt() > before && closed <= MAX_CLOSED;
            if (i == 0 || i == tasks.size() - 1 || task.isOpen() || remembered) {
                kept.add(task);
            }
        }
        if (kept.size() < tasks.size()) {
            Collections.reverse(kept);
            change.become(change.series().withTasks(List.copyOf(kept)));
        }
    }
}
