package io.millrace.logic.task;

import io.millrace.logic.recurrence.RecurrenceIds;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The decisions about one series: {@code (state, event, now) → (state', commands)}. {@code now} is the record's log time,
 * or the moment that came; the same state and input always give the same decision.
 */
public final class TaskDecider {
    private static final int MAX_RECENT = 64;
    private static final int OVERFLOW = 32;
    private static final int MAX_WAITING = 100;
    private static final int MAX_WAITING_BYTES = 256 * 1024;

    private final TaskSettings settings;
    private final long dedupWindow;
    private final long unknownTaskWait;

    public TaskDecider(TaskSettings settings) {
        this.settings = settings;
        this.dedupWindow = settings.dedupWindow().toMillis();
        this.unknownTaskWait = settings.unknownTaskWait().toMillis();
    }

    /**
     * Decides about an event. Moments that came at or before its log time come first.
     *
     * @param state null when nothing is remembered under the key
     */
    public Decision decide(SeriesKey key, Series state, IncomingTask incoming, OverflowedIds overflowed) {
        Series before = state == null ? Series.EMPTY : state;
        long now = Math.max(before.clock(), incoming.source().timestamp());
        Change change = new Change(key, before);
        passMoments(change, now);
        if (change.series().isForgettable(now, settings)) {
            change.become(Series.EMPTY);
        }
        if (isDuplicate(change.series(), incoming.event().eventId(), now, overflowed)) {
            return decision(change, Outcome.DUPLICATE);
        }
        change.become(change.series().withClock(now));
        Outcome outcome = take(change, incoming, now);
        if (outcome == Outcome.APPLIED) {
            applyWaiting(change, now);
            prune(change, now);
        }
        return decision(change, outcome);
    }

    /** Decides what is due at or before {@code time}, milliseconds since the epoch. */
    public Decision wake(SeriesKey key, Series state, long time) {
        Change change = new Change(key, state);
        passMoments(change, time);
        return decision(change, Outcome.WOKEN);
    }

    private static Decision decision(Change change, Outcome outcome) {
        Series series = change.series();
        boolean nothing = series.tasks().isEmpty()
                && series.waiting().isEmpty()
                && series.recent().isEmpty()
                && series.forgetAt() == Long.MAX_VALUE;
        return new Decision(nothing ? null : series, outcome, change.commands());
    }

    /** Does what is due at or before {@code time}, each in its own moment, earliest first. */
    private void passMoments(Change change, long time) {
        long moment;
        while ((moment = change.series().nextWake(settings)) <= time) {
            Moments.send(change, moment);
            expireWaiting(change, moment);
            Series series = change.series();
            if (series.schedule() != null && series.schedule().nextAt() <= moment) {
                makeOnSchedule(change, moment);
            }
            if (series.forgetAt() <= moment) {
                forgetOverflow(change, moment);
            }
            if (change.series().isForgettable(moment, settings)) {
                change.become(Series.EMPTY);
                return;
            }
        }
    }

    private static void makeOnSchedule(Change change, long moment) {
        try {
            Occurrences.makeOnSchedule(change, moment);
        } catch (RejectedEventException e) {
            throw new IllegalStateException("a rule that was accepted can't be followed: " + e.getMessage(), e);
        }
    }

    private boolean isDuplicate(Series series, UUID eventId, long now, OverflowedIds overflowed) {
        long since = now - dedupWindow;
        if (series.recent().contains(eventId, since)) {
            return true;
        }
        for (int i = 0; i < series.waiting().size(); i++) {
            if (series.waiting().get(i).eventId().equals(eventId)) {
                return true;
            }
        }
        if (series.overflowedUntil() < since) {
            return false;
        }
        Long seen = series.forgetAt() == Long.MAX_VALUE ? null : overflowed.timeOf(eventId);
        return seen != null && seen >= since;
    }

    private Outcome take(Change change, IncomingTask incoming, long now) {
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
                    Outcome outcome = EventRules.apply(change, index, event, Cause.of(event, now));
                    if (outcome == Outcome.APPLIED) {
                        remember(change, event.eventId(), now);
                    }
                    return outcome;
                } catch (RejectedEventException e) {
                    change.revert(before, commandsBefore);
                    return reject(change, incoming.source(), e.code(), e.getMessage());
                }
            }
            case NO_EFFECT -> {
                remember(change, event.eventId(), now);
                return Outcome.NO_EFFECT;
            }
            case WAITS -> {
                return await(change, incoming, now);
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
        boolean ofUnknownSeries =
                change.series().tasks().isEmpty() && event.taskId().indexOf(TaskEvent.OCCURRENCE_SEPARATOR) >= 0;
        if (ofUnknownSeries) {
            return Answer.WAITS;
        }
        TaskStatus status = index < 0 ? null : change.series().task(index).status();
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

    private Outcome await(Change change, IncomingTask incoming, long now) {
        Series series = change.series();
        long bytes = series.waiting().stream()
                .mapToLong(waiting -> waiting.source().value().length)
                .sum();
        TaskEvent event = incoming.event();
        if (series.waiting().size() >= MAX_WAITING || bytes + incoming.source().value().length > MAX_WAITING_BYTES) {
            String message = unknown(event.taskId()) + ", and too many events wait for it";
            return reject(change, incoming.source(), ErrorCode.UNKNOWN_TASK, message);
        }
        change.become(series.plusWaiting(
                new Waiting(event.eventId(), event.taskId(), now + unknownTaskWait, incoming.source())));
        return Outcome.WAITING;
    }

    private static String unknown(String taskId) {
        return "task_id: \"" + taskId + "\" is not known; it was never created, or was closed and is forgotten";
    }

    private static void expireWaiting(Change change, long time) {
        List<Waiting> waiting = change.series().waiting();
        if (waiting.isEmpty() || waiting.stream().noneMatch(event -> event.until() <= time)) {
            return;
        }
        List<Waiting> rest = new ArrayList<>();
        for (Waiting event : waiting) {
            if (event.until() <= time) {
                reject(change, event.source(), ErrorCode.UNKNOWN_TASK, unknown(event.taskId()));
            } else {
                rest.add(event);
            }
        }
        change.become(change.series().withWaiting(List.copyOf(rest)));
    }

    /** Applies the events that waited for a task which is known now, in the order in which they came. */
    private void applyWaiting(Change change, long now) {
        int at = 0;
        while (at < change.series().waiting().size()) {
            Waiting waiting = change.series().waiting().get(at);
            IncomingTask incoming = reread(waiting);
            if (change.find(waiting.taskId()) < 0 && incoming.event().type() != TaskEventType.CREATED) {
                at++;
                continue;
            }
            List<Waiting> rest = new ArrayList<>(change.series().waiting());
            rest.remove(at);
            change.become(change.series().withWaiting(List.copyOf(rest)));
            if (take(change, incoming, now) == Outcome.APPLIED) {
                // It may have made known what an earlier one waits for.
                at = 0;
            }
        }
    }

    private static IncomingTask reread(Waiting event) {
        try {
            return new IncomingTask(TaskEventReader.read(event.source()), event.source());
        } catch (RejectedEventException e) {
            throw new IllegalStateException("an event that was accepted can't be read again: " + e.getMessage(), e);
        }
    }

    private void remember(Change change, UUID eventId, long now) {
        Series series = change.series();
        RecentIds recent = series.recent().plus(eventId, now, now - dedupWindow);
        if (recent.size() <= MAX_RECENT) {
            change.become(series.withRecent(recent, series.overflowedUntil(), series.forgetAt()));
            return;
        }
        RecentIds oldest = recent.oldest(OVERFLOW);
        change.command(new TaskCommand.Overflow(oldest));
        long forgetAt = Math.min(series.forgetAt(), oldest.time(0) + dedupWindow + forgetSlack());
        change.become(series.withRecent(recent.withoutOldest(OVERFLOW), oldest.newest(), forgetAt));
    }

    /** Overflowed ids are forgotten in batches, this much later than they could be. */
    private long forgetSlack() {
        return dedupWindow / 8;
    }

    private void forgetOverflow(Change change, long time) {
        Series series = change.series();
        long before = time - dedupWindow - forgetSlack() / 2;
        change.command(new TaskCommand.ForgetOverflow(before));
        boolean some = series.overflowedUntil() >= before;
        change.become(series.withRecent(
                series.recent(), series.overflowedUntil(), some ? time + forgetSlack() : Long.MAX_VALUE));
    }

    /** Forgets closed occurrences whose time is over; the root and the latest stay as long as the series does. */
    private void prune(Change change, long now) {
        List<Task> tasks = change.series().tasks();
        if (tasks.size() <= 2) {
            return;
        }
        long before = now - settings.closedRetention().toMillis();
        List<Task> kept = new ArrayList<>(tasks.size());
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            if (i == 0 || i == tasks.size() - 1 || task.isOpen() || task.closedAt() > before) {
                kept.add(task);
            }
        }
        if (kept.size() < tasks.size()) {
            change.become(change.series().withTasks(List.copyOf(kept)));
        }
    }
}
