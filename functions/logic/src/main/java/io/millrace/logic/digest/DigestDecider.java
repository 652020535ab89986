package io.millrace.logic.digest;

import io.millrace.logic.decision.Decider;
import io.millrace.logic.decision.Decision;
import io.millrace.logic.digest.DigestState.ClosedTask;
import io.millrace.logic.digest.DigestState.OpenTask;
import io.millrace.schema.digest.Digest;
import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.task.TaskSummary;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Uuid5;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Follows the tasks of a person, and tells them at the times of a schedule, in their time zone. A person with nothing
 * open and nothing completed is told nothing, and forgotten.
 */
public final class DigestDecider implements Decider<DigestState, TaskSummary, Digest> {
    /** Tasks of one person that are followed; of more the digest says that it is not complete. */
    static final int MAX_TASKS = 1_000;

    private static final UUID DIGESTS = UUID.fromString("5b6ad4a3-7c0e-5b7e-9a55-0d6f0f0f4a11");

    private static final Comparator<Digest.Task> DUE_FIRST = Comparator.comparing(
                    Digest.Task::dueAt, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Digest.Task::priority, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Digest.Task::taskId);

    /** What becomes of a view. */
    public enum Effect {
        APPLIED,
        /** It is not newer than what is known. */
        STALE,
        /** It is of one more open task than are followed. */
        NOT_FOLLOWED
    }

    private final DigestSchedule schedule;

    /** The key of whoever a task is of. Ids have no control characters. */
    public static String person(TaskSummary task) {
        return task.envelope().tenant() + '\n' + task.userId();
    }

    public DigestDecider(DigestSchedule schedule) {
        this.schedule = schedule;
    }

    @Override
    public Decision<DigestState, Effect, Digest> decide(String key, DigestState state, TaskSummary task, long time) {
        DigestState before =
                state != null ? state : DigestState.unknown(task.envelope().tenant(), task.userId());
        if (!before.isNews(task)) {
            return new Decision<>(state, Effect.STALE, List.of());
        }
        DigestState after = task.status() == TaskStatus.OPEN ? opened(before, task) : closed(before, task);
        if (after == null) {
            return new Decision<>(before.truncated(true), Effect.NOT_FOLLOWED, List.of());
        }
        return new Decision<>(scheduled(after, task.timeZone(), time), Effect.APPLIED, List.of());
    }

    /** Null when there is no room for another task. */
    private static DigestState opened(DigestState state, TaskSummary task) {
        if (!state.open().containsKey(task.taskId()) && state.open().size() == MAX_TASKS) {
            return null;
        }
        return state.with(
                task.taskId(),
                new OpenTask(
                        task.version(),
                        task.title(),
                        task.priority(),
                        task.dueAt() == null ? null : task.dueAt().toEpochMilli(),
                        task.createdMillis()),
                null);
    }

    /** Where there is no room for another one that was closed, it is only not open any more. */
    private static DigestState closed(DigestState state, TaskSummary task) {
        if (!state.closed().containsKey(task.taskId()) && state.closed().size() == MAX_TASKS) {
            return state.with(task.taskId(), null, null).truncated(true);
        }
        return state.with(
                task.taskId(),
                null,
                new ClosedTask(task.version(), task.status() == TaskStatus.COMPLETED, false, task.createdMillis()));
    }

    private DigestState scheduled(DigestState state, String zone, long time) {
        boolean moved = zone != null && !zone.equals(state.timeZone());
        if (!moved && state.nextAt() < Long.MAX_VALUE) {
            return state;
        }
        String known = moved ? zone : state.timeZone();
        return state.next(known, schedule.after(time, known));
    }

    @Override
    public Decision<DigestState, Effect, Digest> wake(String key, DigestState state, long time) {
        long next = schedule.after(time, state.timeZone());
        Digest digest = digest(state, time, next);
        if (digest.open() == 0 && digest.completed() == 0) {
            return new Decision<>(null, Effect.APPLIED, List.of());
        }
        return new Decision<>(told(state).next(state.timeZone(), next), Effect.APPLIED, List.of(digest));
    }

    /** What was told once is remembered until the next time, and then forgotten. */
    private static DigestState told(DigestState state) {
        Map<String, ClosedTask> closed = new TreeMap<>();
        state.closed().forEach((id, task) -> {
            if (!task.told()) {
                closed.put(id, new ClosedTask(task.version(), task.completed(), true, task.createdAt()));
            }
        });
        boolean truncated = state.truncated() && state.open().size() == MAX_TASKS;
        return new DigestState(
                state.tenant(), state.userId(), state.timeZone(), state.open(), closed, truncated, state.nextAt());
    }

    private Digest digest(DigestState state, long time, long next) {
        List<Digest.Task> tasks = state.open().entrySet().stream()
                .map(task -> new Digest.Task(
                        task.getKey(),
                        task.getValue().title(),
                        task.getValue().priority(),
                        instant(task.getValue().dueAt())))
                .sorted(DUE_FIRST)
                .toList();
        ZoneId zone = schedule.zone(state.timeZone());
        Instant at = Instant.ofEpochMilli(time);
        UUID id = Uuid5.of(DIGESTS, state.tenant() + '\n' + state.userId() + '\n' + time);
        return new Digest(
                new Envelope(id, "digest.made", at, state.tenant(), null, null),
                state.userId(),
                at,
                null,
                null,
                zone.getId(),
                tasks.size(),
                count(tasks, Long.MIN_VALUE, time),
                count(tasks, time, next),
                (int) state.closed().values().stream()
                        .filter(task -> task.completed() && !task.told())
                        .count(),
                !state.truncated(),
                tasks.subList(0, Math.min(tasks.size(), Digest.MAX_TASKS)));
    }

    /** Those due after {@code from}, up to {@code to}. */
    private static int count(List<Digest.Task> tasks, long from, long to) {
        return (int) tasks.stream()
                .filter(task -> task.dueAt() != null)
                .mapToLong(task -> task.dueAt().toEpochMilli())
                .filter(due -> due > from && due <= to)
                .count();
    }

    private static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    @Override
    public long nextWake(DigestState state) {
        return state.nextAt();
    }
}
