package io.millrace.operators.task;

import static io.millrace.operators.task.TasksHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.logic.task.SeriesKey;
import io.millrace.operators.task.TasksHarness.Backend;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.wire.LogTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Backend.class)
class TasksRestoreTest {
    private static final long DUE = NOW + 60_000;

    private final TaskLog log = new TaskLog();
    private final Backend backend;

    TasksRestoreTest(Backend backend) {
        this.backend = backend;
    }

    @Test
    void aRestoredOperatorSendsPendingRemindersWithTheSameIds() throws Exception {
        OperatorSubtaskState state;
        String sentBefore;
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(log.created("t-1", NOW, DUE));
            state = tasks.snapshot(1);
            tasks.wallClock(DUE);
            sentBefore = tasks.reminders().get(0).get("event_id").asText();
        }

        try (TasksHarness tasks = TasksHarness.restore(backend, state)) {
            assertThat(tasks.metrics.gauge(TaskMetrics.PENDING_REMINDERS)).isEqualTo(1);
            tasks.inputIdle();
            tasks.wallClock(DUE);

            assertThat(tasks.reminders())
                    .extracting(r -> r.get("event_id").asText())
                    .containsExactly(sentBefore);
            assertThat(tasks.metrics.gauge(TaskMetrics.PENDING_REMINDERS)).isZero();
        }
    }

    @Test
    void aClockThatARecordFromTheFutureHadSetIsTheLogsAgain() throws Exception {
        long future = NOW + Duration.ofDays(400).toMillis();
        OperatorSubtaskState state;
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(log.created("t-1", NOW, future + 60_000));
            tasks.wallClock(future);
            tasks.process(log.renamed("t-1", future, "Pay"));
            state = tasks.snapshot(1);
        }

        try (TasksHarness tasks = TasksHarness.restore(backend, state)) {
            tasks.inputIdle();
            tasks.process(log.event("t-1", NOW, "reminder.snoozed", "\"snooze_minutes\":1"));
            tasks.wallClock(NOW + 60_000 + LogTime.MAX_AHEAD_MILLIS);

            assertThat(tasks.reminders()).hasSize(1);
        }
    }

    @Test
    void aRestoredOperatorKnowsTheEventsItHasSeen() throws Exception {
        IncomingTask created = log.created("t-1", NOW, DUE);
        OperatorSubtaskState state;
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(created);
            state = tasks.snapshot(1);
        }

        try (TasksHarness tasks = TasksHarness.restore(backend, state)) {
            tasks.process(created);

            assertThat(tasks.metrics.count(TaskMetrics.DUPLICATES)).isEqualTo(1);
            assertThat(tasks.updates()).isEmpty();
        }
    }

    @Test
    void aTaskCompletedWhileTheJobWasDownSendsNoReminder() throws Exception {
        OperatorSubtaskState state;
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(log.created("t-1", NOW, DUE));
            state = tasks.snapshot(1);
        }

        try (TasksHarness tasks = TasksHarness.restore(backend, state)) {
            tasks.wallClock(DUE + 5000);
            tasks.watermark(DUE - 1000);
            tasks.wallClock(DUE + 5010);
            tasks.process(log.completed("t-1", DUE - 500));
            tasks.inputIdle();
            tasks.wallClock(DUE + 5020);

            assertThat(tasks.reminders()).isEmpty();
        }
    }

    @Test
    void rescalingKeepsEveryReminderAndTheirNumber() throws Exception {
        int tasksInAll = 60;
        OperatorSubtaskState one;
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            for (int i = 0; i < tasksInAll; i++) {
                tasks.process(log.created("t-" + i, NOW, DUE));
            }
            one = tasks.snapshot(1);
        }

        OperatorSubtaskState two = rescale(one, 1, 2, tasksInAll, List.of());
        List<JsonNode> reminders = new ArrayList<>();
        rescale(two, 2, 3, tasksInAll, reminders);

        Set<String> ids = reminders.stream().map(r -> r.get("task_id").asText()).collect(Collectors.toSet());
        assertThat(reminders).hasSize(tasksInAll);
        assertThat(ids).hasSize(tasksInAll);
    }

    /**
     * Restores {@code after} subtasks; their snapshots together, and their reminders once due unless none are wanted.
     */
    private OperatorSubtaskState rescale(
            OperatorSubtaskState state, int before, int after, int pendingInAll, List<JsonNode> reminders)
            throws Exception {
        OperatorSubtaskState[] parts = new OperatorSubtaskState[after];
        long pending = 0;
        int timers = 0;
        for (int subtask = 0; subtask < after; subtask++) {
            try (TasksHarness tasks = TasksHarness.restore(backend, state, before, after, subtask)) {
                pending += tasks.metrics.gauge(TaskMetrics.PENDING_REMINDERS);
                timers += tasks.timers();
                assertThat(tasks.timers()).isLessThan(pendingInAll);
                parts[subtask] = tasks.snapshot(2);
                if (reminders instanceof ArrayList) {
                    tasks.inputIdle();
                    tasks.wallClock(DUE);
                    List<JsonNode> sent = tasks.reminders();
                    int own = subtask;
                    assertThat(sent).allSatisfy(reminder -> assertThat(subtaskOf(reminder, after))
                            .isEqualTo(own));
                    reminders.addAll(sent);
                }
            }
        }
        assertThat(pending).isEqualTo(pendingInAll);
        assertThat(timers).isEqualTo(pendingInAll);
        return AbstractStreamOperatorTestHarness.repackageState(parts);
    }

    private static int subtaskOf(JsonNode reminder, int parallelism) {
        SeriesKey key = new SeriesKey(
                reminder.get("tenant").asText(),
                reminder.get("user_id").asText(),
                reminder.get("task_id").asText());
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                key.encoded(), TasksHarness.MAX_PARALLELISM, parallelism);
    }

    @Test
    void idsThatOverflowAreKeptAsideAndForgottenInTime() throws Exception {
        int events = 70;
        IncomingTask first = log.created("t-1", NOW, DUE);
        OperatorSubtaskState state;
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(first);
            for (int i = 1; i < events; i++) {
                tasks.process(log.renamed("t-1", NOW + i, "Title " + i));
            }
            assertThat(tasks.remembers("overflowed-ids")).isTrue();
            state = tasks.snapshot(1);
        }

        try (TasksHarness tasks = TasksHarness.restore(backend, state)) {
            tasks.inputIdle();
            tasks.process(first);
            assertThat(tasks.metrics.count(TaskMetrics.DUPLICATES)).isEqualTo(1);

            for (int days = 1; days <= 3; days++) {
                tasks.wallClock(NOW + Duration.ofDays(days).toMillis());
            }
            assertThat(tasks.remembers("overflowed-ids")).isFalse();
            assertThat(tasks.remembers("series")).isTrue();
            assertThat(tasks.timers()).isZero();
        }
    }
}
