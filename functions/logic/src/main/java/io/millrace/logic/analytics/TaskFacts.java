package io.millrace.logic.analytics;

import io.millrace.logic.decision.Decider;
import io.millrace.logic.decision.Decision;
import io.millrace.schema.analytics.FigureTable;
import io.millrace.schema.analytics.TaskChange;
import io.millrace.schema.task.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Follows a task through its views, and says what happened to it, once each. */
public final class TaskFacts implements Decider<TaskFacts.State, TaskChange, Fact> {
    /** Each is two rows, and whoever publishes tasks makes up as many tags as they like. */
    private static final int MOST_TAGS = 10;

    private final long keep;

    /** What becomes of a view. */
    public enum Effect {
        APPLIED,
        /** It is not newer than what is known. */
        STALE
    }

    /**
     * What is known of a task. Times are milliseconds since the epoch.
     *
     * @param priority empty for none
     * @param seriesId null when it does not recur
     * @param dueAt 0 for never
     * @param wasDue whether it was said that it is overdue, or it had that due date only afterwards
     * @param changedAt when it changed last
     */
    public record State(
            String tenant,
            long createdAt,
            long version,
            TaskStatus status,
            String priority,
            List<String> tags,
            String seriesId,
            long dueAt,
            boolean wasDue,
            long changedAt) {

        private boolean isOpen() {
            return status == TaskStatus.OPEN;
        }

        private State overdue() {
            return new State(tenant, createdAt, version, status, priority, tags, seriesId, dueAt, true, changedAt);
        }
    }

    /** @param keep how long a task that was closed is remembered, milliseconds */
    public TaskFacts(long keep) {
        this.keep = keep;
    }

    /** The key of a task. Ids have no control characters. */
    public static String task(TaskChange view) {
        return view.envelope().tenant() + '\n' + view.taskId();
    }

    @Override
    public Decision<State, Effect, Fact> decide(String key, State state, TaskChange view, long time) {
        long createdAt = view.createdAt().toEpochMilli();
        boolean again = state != null && state.createdAt() == createdAt;
        if (state != null && (createdAt < state.createdAt() || again && view.version() <= state.version())) {
            return new Decision<>(state, Effect.STALE, List.of());
        }
        State after = after(again ? state : null, view);
        List<Fact> facts = new ArrayList<>();
        if (!again) {
            add(facts, after, createdAt, Map.of("created", 1L));
        }
        boolean wasOpen = !again || state.isOpen();
        if (after.status() == TaskStatus.DELETED && (!again || state.status() != TaskStatus.DELETED)) {
            add(facts, after, after.changedAt(), Map.of("deleted", 1L));
        } else if (after.status() == TaskStatus.COMPLETED && wasOpen) {
            add(facts, after, after.changedAt(), completed(after));
        } else if (after.isOpen() && !wasOpen) {
            add(facts, after, after.changedAt(), Map.of("reopened", 1L));
        }
        facts.replaceAll(fact -> fact.seenAt(time));
        return new Decision<>(after, Effect.APPLIED, facts);
    }

    private static Map<String, Long> completed(State task) {
        if (task.dueAt() == 0) {
            return Map.of("completed", 1L);
        }
        return Map.of("completed", 1L, task.changedAt() <= task.dueAt() ? "completed_on_time" : "completed_late", 1L);
    }

    private static State after(State before, TaskChange view) {
        long dueAt = view.dueAt() == null ? 0 : view.dueAt().toEpochMilli();
        long changedAt = view.updatedAt().toEpochMilli();
        boolean sameDueDate = before != null && before.dueAt() == dueAt;
        return new State(
                view.envelope().tenant(),
                view.createdAt().toEpochMilli(),
                view.version(),
                view.status(),
                view.priority() == null ? "" : view.priority().name(),
                view.tags(),
                view.seriesId(),
                dueAt,
                sameDueDate ? before.wasDue() : dueAt <= changedAt,
                changedAt);
    }

    @Override
    public Decision<State, Effect, Fact> wake(String key, State state, long time) {
        if (!state.isOpen()) {
            return new Decision<>(null, null, List.of());
        }
        List<Fact> facts = new ArrayList<>();
        add(facts, state, state.dueAt(), Map.of("overdue", 1L));
        return new Decision<>(state.overdue(), null, facts);
    }

    @Override
    public long nextWake(State state) {
        if (!state.isOpen()) {
            return state.changedAt() + keep;
        }
        return state.dueAt() == 0 || state.wasDue() ? Long.MAX_VALUE : state.dueAt();
    }

    private static void add(List<Fact> facts, State task, long at, Map<String, Long> amounts) {
        facts.add(new Fact(FigureTable.TASKS, task.tenant(), at, List.of(task.priority()), amounts));
        task.tags().stream()
                .distinct()
                .limit(MOST_TAGS)
                .forEach(tag -> facts.add(new Fact(FigureTable.TASK_TAGS, task.tenant(), at, List.of(tag), amounts)));
        if (task.seriesId() != null) {
            facts.add(new Fact(FigureTable.RECURRING_TASKS, task.tenant(), at, List.of(task.seriesId()), amounts));
        }
    }
}
