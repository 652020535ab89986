package io.millrace.auditor;

import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** One reminder that some event armed: when it is due, under which ids, and what became of it. */
final class Expectation {
    static final long NEVER = Long.MAX_VALUE;

    private final Set<UUID> ids = new HashSet<>();
    private final ReminderRecord.Moment moment;
    private final Long dueAt;
    private final EventRecord armedBy;
    private boolean optional;
    private boolean dueOpen;
    private long cancelledAt = NEVER;
    private EventRecord cancelledBy;
    private ReminderRecord met;

    /**
     * @param dueAt of the task, epoch milliseconds; null for none
     * @param armedBy the event that armed it
     */
    Expectation(ReminderRecord.Moment moment, Long dueAt, EventRecord armedBy, Set<UUID> ids) {
        this.moment = moment;
        this.dueAt = dueAt;
        this.armedBy = armedBy;
        this.ids.addAll(ids);
    }

    ReminderRecord.Moment moment() {
        return moment;
    }

    /** Whether a reminder may say that this is the task's due date; null for none. */
    boolean allowsDue(Long dueAt) {
        return dueOpen || Objects.equals(this.dueAt, dueAt);
    }

    /** The task has moved meanwhile: the reminder may stay, with whichever due date, or be dropped. */
    void taskMoved() {
        optional = true;
        dueOpen = true;
    }

    Long dueAt() {
        return dueAt;
    }

    boolean snoozed() {
        return moment.minutes() < 0;
    }

    Set<UUID> ids() {
        return ids;
    }

    /** It may be sent or not. */
    void makeOptional() {
        optional = true;
    }

    boolean isOptional() {
        return optional;
    }

    void cancel(long logTime, EventRecord by) {
        if (cancelledAt == NEVER) {
            cancelledAt = logTime;
            cancelledBy = by;
        }
    }

    EventRecord cancelledBy() {
        return cancelledBy;
    }

    /** When it goes out: its moment, or at once when that has passed. */
    long releaseAt() {
        return Math.max(moment.remindAt(), armedBy.logTime());
    }

    /** Whether the log held a cancelling event before its moment came. */
    boolean isForbidden(long tolerance) {
        return !optional
                && moment.remindAt() > armedBy.logTime()
                && cancelledAt < moment.remindAt()
                && cancelledAt <= moment.remindAt() - tolerance;
    }

    /** Whether it must be in the log by {@code now}; all in milliseconds. */
    boolean isOverdue(long now, long grace, long toleranceAndOutage) {
        boolean notCancelledInTime = cancelledAt == NEVER || cancelledAt > releaseAt() + toleranceAndOutage;
        return !optional && notCancelledInTime && releaseAt() + grace < now;
    }

    void meet(ReminderRecord reminder) {
        met = reminder;
    }

    /** The first reminder that was sent for it; null when none was. */
    ReminderRecord met() {
        return met;
    }

    @Override
    public String toString() {
        return "reminder " + (ids.size() == 1 ? ids.iterator().next() : ids) + " for "
                + Instant.ofEpochMilli(moment.remindAt())
                + (snoozed() ? " (snoozed)" : " (" + moment.minutes() + " min before)") + ", armed by "
                + armedBy
                + (cancelledAt == NEVER ? "" : ", cancelled by " + cancelledBy);
    }
}
