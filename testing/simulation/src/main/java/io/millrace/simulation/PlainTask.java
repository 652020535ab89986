package io.millrace.simulation;

import io.millrace.schema.task.DueDate;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskFields;
import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.Uuid5;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A task that does not recur, as docs/tasks.md has it, written from that page and not from the logic: one that is open
 * or closed, its version, and the reminders it has still to send.
 */
final class PlainTask {
    private static final long MINUTE = 60_000;

    /** What must be on {@code task-updates}. */
    record View(UUID id, String taskId, long version, TaskStatus status, Long dueAt, Long nextRemindAt) {}

    /** What must be on {@code reminders}. */
    record Sent(UUID id, String taskId, long remindAt, boolean snoozed) {}

    private final String id;
    private final Set<Object> expected;

    TaskStatus status = TaskStatus.OPEN;
    long closedAt;

    private long version;
    private DueDate due;
    private ZoneId zone;
    private List<Integer> minutes = List.of(0);

    /** Reminders to come: by moment, the id of each. */
    private final TreeMap<Long, UUID> moments = new TreeMap<>();

    /** What gave it the due date. */
    private UUID arming;

    private Long snoozedUntil;
    private UUID snoozedId;

    PlainTask(String id, Set<Object> expected) {
        this.id = id;
        this.expected = expected;
    }

    /** The next moment of a reminder; {@link Long#MAX_VALUE} without one. */
    long next() {
        long next = moments.isEmpty() ? Long.MAX_VALUE : moments.firstKey();
        return snoozedUntil == null ? next : Math.min(next, snoozedUntil);
    }

    void remind(long time) {
        UUID regular = moments.remove(time);
        if (regular != null) {
            expected.add(new Sent(regular, id, time, false));
        }
        if (snoozedUntil != null && snoozedUntil == time) {
            expected.add(new Sent(snoozedId, id, time, true));
            snoozedUntil = null;
        }
    }

    /** Answers a code when the event is refused, else null. */
    ErrorCode apply(IncomingTask incoming, long now) {
        TaskEvent event = incoming.event();
        ErrorCode refused =
                switch (event.type()) {
                    case CREATED, UPDATED -> change(event, now);
                    case COMPLETED -> close(TaskStatus.COMPLETED, now);
                    case DELETED -> close(TaskStatus.DELETED, now);
                    case REOPENED -> reopen(event, now);
                    case SNOOZED -> snooze(incoming, now);
                };
        if (refused == null) {
            version++;
            Long next = next() == Long.MAX_VALUE ? null : Long.valueOf(next());
            expected.add(new View(Uuid5.of(event.eventId(), id), id, version, status, dueAt(), next));
        }
        return refused;
    }

    private Long dueAt() {
        return millis(due, zone);
    }

    private static Long millis(DueDate date, ZoneId zone) {
        if (date == null || (date.local() != null && zone == null)) {
            return null;
        }
        return (date.local() == null
                        ? date.instant()
                        : date.local().atZone(zone).toInstant())
                .toEpochMilli();
    }

    private ErrorCode change(TaskEvent event, long now) {
        TaskFields fields = event.fields();
        DueDate newDue = fields.gives(TaskFields.DUE) ? fields.due() : due;
        ZoneId newZone = fields.gives(TaskFields.ZONE) ? fields.zone() : zone;
        if (newDue != null && newDue.local() != null && newZone == null) {
            return ErrorCode.MISSING_FIELD;
        }
        Set<Long> before = new HashSet<>();
        minutes.forEach(each -> before.add(dueAt() == null ? null : dueAt() - each * MINUTE));
        Long dueBefore = dueAt();
        List<Integer> minutesBefore = minutes;
        due = newDue;
        zone = newZone;
        minutes = fields.gives(TaskFields.REMIND_BEFORE) ? fields.remindBeforeMinutes() : minutes;
        if (!Objects.equals(dueBefore, dueAt())) {
            arming = null;
        }
        boolean moved = !Objects.equals(dueBefore, dueAt()) || (dueAt() != null && !minutesBefore.equals(minutes));
        if (status == TaskStatus.OPEN && (version == 0 || moved)) {
            arm(event, event.occurredAt().toEpochMilli(), before, now);
        }
        return null;
    }

    private void arm(TaskEvent event, long since, Set<Long> came, long now) {
        moments.clear();
        snoozedUntil = null;
        if (dueAt() == null) {
            return;
        }
        arming = arming == null ? event.eventId() : arming;
        for (int each : minutes) {
            long at = dueAt() - each * MINUTE;
            UUID reminder = Uuid5.of(arming, Integer.toString(each));
            if (at > now) {
                moments.put(at, reminder);
            } else if (at >= since && !came.contains(at)) {
                expected.add(new Sent(reminder, id, at, false));
            }
        }
    }

    private ErrorCode close(TaskStatus as, long now) {
        status = as;
        closedAt = now;
        moments.clear();
        snoozedUntil = null;
        return null;
    }

    private ErrorCode reopen(TaskEvent event, long now) {
        status = TaskStatus.OPEN;
        // What came up to its closing came while it was open.
        arm(event, Math.max(event.occurredAt().toEpochMilli(), closedAt + 1), Set.of(), now);
        return null;
    }

    private ErrorCode snooze(IncomingTask incoming, long now) {
        TaskEvent event = incoming.event();
        Long until = event.snooze().until() == null
                ? Long.valueOf(incoming.source().timestamp() + event.snooze().minutes() * MINUTE)
                : millis(event.snooze().until(), zone);
        boolean hadPassed = until != null
                && event.snooze().until() != null
                && until <= now
                && until < event.occurredAt().toEpochMilli();
        if (until == null || hadPassed) {
            return ErrorCode.INVALID_VALUE;
        }
        moments.headMap(until, true).clear();
        UUID reminder = Uuid5.of(event.eventId(), "snooze");
        if (until <= now) {
            snoozedUntil = null;
            expected.add(new Sent(reminder, id, until, true));
            moments.headMap(until, true).clear();
        } else {
            snoozedUntil = until;
            snoozedId = reminder;
        }
        return null;
    }
}
