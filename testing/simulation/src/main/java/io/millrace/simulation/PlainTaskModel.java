package io.millrace.simulation;

import io.millrace.logic.task.TaskSettings;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.SourceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What the topics must hold for one task that never recurs, from the events of its user alone: which are duplicates,
 * which wait, which are refused, and what {@link PlainTask} makes of the others.
 */
final class PlainTaskModel {
    private static final int MAX_WAITING = 100;

    /** The job moves ids beyond so many out of the series, and forgets the task a little later then. */
    private static final int MAX_IDS = 60;

    /** A dead letter that must be there. */
    record Letter(int partition, long offset, ErrorCode code) {}

    private record Waiting(IncomingTask event, long until) {}

    private final String id;
    private final TaskSettings settings;
    private final Set<Object> expected = new HashSet<>();
    private final Map<UUID, Long> seen = new HashMap<>();
    private List<Waiting> waiting = new ArrayList<>();
    private long now;
    private long newestId;
    private PlainTask task;
    private boolean tooBusy;

    PlainTaskModel(String id, TaskSettings settings) {
        this.id = id;
        this.settings = settings;
    }

    /** What must be there by {@code end}; null when there are too many events for this model. */
    Set<Object> expected(long end) {
        passUntil(end);
        return tooBusy ? null : expected;
    }

    void read(IncomingTask incoming) {
        now = Math.max(now, incoming.source().timestamp());
        passUntil(now);
        UUID event = incoming.event().eventId();
        long window = settings.dedupWindow().toMillis();
        seen.values().removeIf(time -> time < now - window);
        tooBusy |= seen.size() > MAX_IDS;
        boolean waits =
                waiting.stream().anyMatch(each -> each.event().event().eventId().equals(event));
        if (!seen.containsKey(event) && !waits) {
            decide(incoming);
        }
    }

    /** Moments at or before {@code time}, in their order. */
    private void passUntil(long time) {
        while (true) {
            long next = forgottenAt();
            next = task == null ? next : Math.min(next, task.next());
            for (Waiting each : waiting) {
                next = Math.min(next, each.until());
            }
            if (next > time) {
                return;
            }
            if (task != null) {
                task.remind(next);
            }
            expire(next);
            if (forgottenAt() <= next) {
                task = null;
                seen.clear();
            }
        }
    }

    private long forgottenAt() {
        if (task == null || task.status == TaskStatus.OPEN || !waiting.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long ids = seen.isEmpty() ? 0 : newestId + settings.dedupWindow().toMillis();
        return Math.max(task.closedAt + settings.closedRetention().toMillis(), ids) + 1;
    }

    private void expire(long time) {
        List<Waiting> rest = new ArrayList<>();
        for (Waiting each : waiting) {
            if (each.until() <= time) {
                refuse(each.event(), ErrorCode.UNKNOWN_TASK);
            } else {
                rest.add(each);
            }
        }
        waiting = rest;
    }

    private void refuse(IncomingTask incoming, ErrorCode code) {
        SourceRecord source = incoming.source();
        expected.add(new Letter(source.partition(), source.offset(), code));
    }

    private void decide(IncomingTask incoming) {
        TaskEvent event = incoming.event();
        if (task == null && event.type() != TaskEventType.CREATED) {
            if (waiting.size() >= MAX_WAITING) {
                refuse(incoming, ErrorCode.UNKNOWN_TASK);
            } else {
                waiting.add(
                        new Waiting(incoming, now + settings.unknownTaskWait().toMillis()));
            }
            return;
        }
        ErrorCode refused = task == null ? null : refusal(task.status, event.type());
        if (refused == null && !hasNoEffect(event.type())) {
            PlainTask to = task == null ? new PlainTask(id, expected) : task;
            refused = to.apply(incoming, now);
            if (refused == null) {
                task = to;
            }
        }
        if (refused != null) {
            refuse(incoming, refused);
            return;
        }
        seen.put(event.eventId(), now);
        newestId = now;
        if (event.type() == TaskEventType.CREATED) {
            List<Waiting> ready = waiting;
            waiting = new ArrayList<>();
            ready.forEach(each -> decide(each.event()));
        }
    }

    private boolean hasNoEffect(TaskEventType type) {
        return task != null
                && ((task.status == TaskStatus.OPEN && type == TaskEventType.REOPENED)
                        || (task.status == TaskStatus.COMPLETED && type == TaskEventType.COMPLETED)
                        || (task.status == TaskStatus.DELETED && type == TaskEventType.DELETED));
    }

    private static ErrorCode refusal(TaskStatus status, TaskEventType type) {
        if (status == TaskStatus.DELETED) {
            return type == TaskEventType.DELETED ? null : ErrorCode.TASK_DELETED;
        }
        if (type == TaskEventType.CREATED) {
            return ErrorCode.TASK_EXISTS;
        }
        return status == TaskStatus.COMPLETED && type == TaskEventType.SNOOZED ? ErrorCode.TASK_COMPLETED : null;
    }
}
