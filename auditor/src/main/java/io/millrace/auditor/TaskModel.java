package io.millrace.auditor;

import io.millrace.schema.task.DueDate;
import io.millrace.schema.task.Snooze;
import io.millrace.schema.wire.Uuid5;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/** What docs/tasks.md makes of one task, or one occurrence of a series: its state, and the reminders it is to send. */
final class TaskModel {
    private static final List<Integer> AT_DUE = List.of(0);

    private final String taskId;
    private final boolean ofSeries;
    private final long catchUp;
    private final long slack;
    private final ArmedReminders reminders = new ArmedReminders();
    private Lifecycle.State state = Lifecycle.State.UNKNOWN;
    private long version;
    private long closedAt;
    private DueDate due;
    private ZoneId zone;
    private List<Integer> minutes = List.of();
    private boolean minutesAssumed;
    /** The event that gave it its due date; null until something is armed for it. */
    private UUID armingId;

    private UUID announcedAs;
    private boolean loose;

    /**
     * @param slack for how long after its moment a reminder may still be out or not, when something cancels it; this
     *     and {@code catchUp} in milliseconds
     */
    TaskModel(String taskId, boolean ofSeries, long catchUp, long slack) {
        this.taskId = taskId;
        this.ofSeries = ofSeries;
        this.catchUp = catchUp;
        this.slack = slack;
    }

    String taskId() {
        return taskId;
    }

    Lifecycle.State state() {
        return state;
    }

    boolean isClosed() {
        return state == Lifecycle.State.COMPLETED || state == Lifecycle.State.DELETED;
    }

    long version() {
        return version;
    }

    long closedAt() {
        return closedAt;
    }

    ZoneId zone() {
        return zone;
    }

    DueDate due() {
        return due;
    }

    List<Expectation> expectations() {
        return reminders.all();
    }

    /** The id of the event that announced this occurrence; null for a task that a user created. */
    UUID announcedAs() {
        return announcedAs;
    }

    /** Whether the model is no longer sure of this task; then only what can be told from a record itself is judged. */
    boolean isLoose() {
        return loose;
    }

    void loosen(long now) {
        settle(now);
        loose = true;
        reminders.live().forEach(Expectation::makeOptional);
    }

    /** What was to be sent by now, nothing can change any more. */
    private void settle(long now) {
        reminders.settle(now - slack);
    }

    /** Nothing is known of it any more; its reminders remain to be judged. */
    void forget() {
        state = Lifecycle.State.UNKNOWN;
        version = 0;
        reminders.forget();
    }

    String status() {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** Epoch milliseconds; null without a due date, or when its local time has no zone. */
    Long dueAt() {
        return millis(due, zone);
    }

    private static Long millis(DueDate due, ZoneId zone) {
        if (due == null || (due.local() != null && zone == null)) {
            return null;
        }
        return due.local() == null
                ? due.instant().toEpochMilli()
                : due.local().atZone(zone).toInstant().toEpochMilli();
    }

    /** Whether it is a snooze until a moment that had passed when the event occurred. */
    boolean isPutOffIntoThePast(EventRecord event, long now) {
        if (event.snooze() == null || event.snooze().until() == null) {
            return false;
        }
        Long until = millis(event.snooze().until(), zone);
        return until != null && until <= now && until < event.occurredAt();
    }

    /** Counts an applied event. {@code now} is the log time at which it takes effect, epoch milliseconds. */
    void apply(EventRecord event, long now) {
        version++;
        settle(now);
        switch (event.type()) {
            case CREATED -> create(event);
            case UPDATED -> update(event, now);
            case COMPLETED -> close(Lifecycle.State.COMPLETED, event, now);
            case DELETED -> close(Lifecycle.State.DELETED, event, now);
            case REOPENED -> reopen(event);
            case SNOOZED -> snooze(event, now);
        }
    }

    void announce(EventRecord event, long now) {
        announcedAs = event.eventId();
        apply(event, now);
    }

    private void create(EventRecord event) {
        Changes given = event.changes();
        state = Lifecycle.State.OPEN;
        due = given.due();
        zone = given.zone();
        minutes = given.minutes() != null ? given.minutes() : AT_DUE;
        minutesAssumed = given.minutes() == null && due == null;
        armingId = null;
        armAll(event, passed -> false);
    }

    private void update(EventRecord event, long now) {
        Changes given = event.changes();
        Long before = dueAt();
        Set<Long> momentsBefore = moments();
        due = given.givesDue() ? given.due() : due;
        zone = given.givesZone() ? given.zone() : zone;
        if (given.minutes() != null) {
            minutes = given.minutes();
            minutesAssumed = false;
        }
        boolean moved = !Objects.equals(before, dueAt());
        if (moved) {
            armingId = null;
        }
        if (state != Lifecycle.State.OPEN || !given.touchReminders()) {
            return;
        }
        reminders.live().stream().filter(Expectation::snoozed).forEach(Expectation::taskMoved);
        if (moved) {
            reminders.cancel(each -> !each.snoozed(), now, event);
            armAll(event, momentsBefore::contains);
        } else {
            rearmUnmoved(event, now, momentsBefore);
        }
    }

    /** To come or passed. */
    private Set<Long> moments() {
        Long dueAt = dueAt();
        return dueAt == null
                ? Set.of()
                : minutes.stream()
                        .map(each -> dueAt - Duration.ofMinutes(each).toMillis())
                        .collect(Collectors.toSet());
    }

    /** The due date stays, and with it what names the reminders. */
    private void rearmUnmoved(EventRecord event, long now, Set<Long> momentsBefore) {
        reminders.cancel(
                each -> !each.snoozed() && !minutes.contains(each.moment().minutes()), now, event);
        for (int each : minutes) {
            boolean stays =
                    reminders.live().stream().anyMatch(one -> one.moment().minutes() == each);
            if (!stays) {
                arm(event, each, momentsBefore::contains);
            }
        }
    }

    private void close(Lifecycle.State to, EventRecord event, long now) {
        state = to;
        closedAt = now;
        reminders.cancel(each -> true, now, event);
    }

    /** Closes it because its whole series is deleted. */
    void closeWithSeries(EventRecord event, long now) {
        settle(now);
        if (state == Lifecycle.State.OPEN) {
            close(Lifecycle.State.DELETED, event, now);
        }
    }

    private void reopen(EventRecord event) {
        state = Lifecycle.State.OPEN;
        armAll(event, passed -> true);
    }

    private void snooze(EventRecord event, long now) {
        Snooze snooze = event.snooze();
        Long until = snooze.until() == null
                ? Long.valueOf(
                        event.logTime() + Duration.ofMinutes(snooze.minutes()).toMillis())
                : millis(snooze.until(), zone);
        if (until == null) {
            return;
        }
        reminders.cancel(each -> each.moment().remindAt() < until, now, event);
        for (Expectation each : reminders.live()) {
            if (each.snoozed() || each.moment().remindAt() == until) {
                each.makeOptional();
            }
        }
        Expectation made =
                new Expectation(new ReminderRecord.Moment(until, -1), dueAt(), event, ids(event.eventId(), "snooze"));
        if (now - until > catchUp) {
            made.makeOptional();
        }
        reminders.add(made);
    }

    private void armAll(EventRecord event, LongPredicate passedIsOptional) {
        minutes.forEach(each -> arm(event, each, passedIsOptional));
    }

    /**
     * @param passedIsOptional whether a moment that passed between the event and the log need not be sent: its time
     *     came already
     */
    private void arm(EventRecord event, int before, LongPredicate passedIsOptional) {
        Long dueAt = dueAt();
        if (dueAt == null) {
            return;
        }
        armingId = armingId == null ? event.eventId() : armingId;
        long remindAt = dueAt - Duration.ofMinutes(before).toMillis();
        boolean passed = remindAt <= event.logTime();
        // An occurrence is made for a moment and announced after it, or made late when that is still useful.
        boolean announced = event.eventId().equals(announcedAs);
        if (passed && remindAt < event.occurredAt() && !announced) {
            return;
        }
        Expectation made =
                new Expectation(new ReminderRecord.Moment(remindAt, before), dueAt, event, ids(armingId, before));
        boolean atTheEdge = announced ? remindAt < event.occurredAt() : remindAt == event.occurredAt();
        boolean tooOld = remindAt < event.logTime() - catchUp;
        if (loose || minutesAssumed || (passed && (passedIsOptional.test(remindAt) || atTheEdge || tooOld))) {
            made.makeOptional();
        }
        reminders.add(made);
    }

    private Set<UUID> ids(UUID arming, Object name) {
        UUID own = Uuid5.of(arming, name.toString());
        return ofSeries ? Set.of(own, Uuid5.of(Uuid5.of(arming, taskId), name.toString())) : Set.of(own);
    }
}
