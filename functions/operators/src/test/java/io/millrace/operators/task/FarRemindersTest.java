package io.millrace.operators.task;

import static io.millrace.operators.task.TasksHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.operators.task.TasksHarness.Backend;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reminders of another day are in the state alone, and come at their moment all the same. */
class FarRemindersTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DUE = NOW + 26 * HOUR;

    private final TaskLog log = new TaskLog();

    @Test
    void aFarReminderIsNoTimerUntilItIsNear() throws Exception {
        try (TasksHarness tasks = TasksHarness.caughtUp(Backend.ROCKSDB)) {
            tasks.process(log.created("t-1", NOW, DUE));
            assertThat(tasks.timers()).isZero();

            run(tasks, DUE - 29 * MINUTE);
            assertThat(tasks.timers()).isEqualTo(1);
            assertThat(tasks.reminders()).isEmpty();

            tasks.wallClock(DUE - 1);
            assertThat(tasks.reminders()).isEmpty();
            tasks.wallClock(DUE + 10);
            assertThat(tasks.reminders()).hasSize(1);
        }
    }

    @Test
    void aTaskThatIsMovedOrCompletedBeforeItIsNearLeavesNoTimer() throws Exception {
        try (TasksHarness tasks = TasksHarness.caughtUp(Backend.ROCKSDB)) {
            tasks.process(log.created("t-1", NOW, DUE), log.created("t-2", NOW, DUE));
            tasks.process(log.moved("t-1", NOW + 1, NOW + HOUR / 2));
            assertThat(tasks.timers()).isEqualTo(1);
            tasks.process(log.moved("t-1", NOW + 2, DUE), log.completed("t-2", NOW + 2));
            assertThat(tasks.timers()).isZero();

            run(tasks, DUE + 10);

            assertThat(tasks.reminders())
                    .extracting(reminder -> reminder.get("task_id").asText())
                    .containsExactly("t-1");
        }
    }

    /** Also from one backend to the other, which a savepoint allows. */
    @ParameterizedTest
    @EnumSource(Backend.class)
    void afterAnOutageOfDaysEveryReminderIsFoundAgain(Backend before) throws Exception {
        int tasksDue = 5_000;
        int dueInTheOutage = tasksDue * 23 / 48;
        OperatorSubtaskState state;
        try (TasksHarness tasks = TasksHarness.caughtUp(before)) {
            for (int i = 0; i < tasksDue; i++) {
                tasks.process(log.created("t-" + i, NOW, NOW + i * 48 * HOUR / tasksDue + 1));
            }
            state = tasks.snapshot(1);
        }

        try (TasksHarness tasks = TasksHarness.restore(before, state)) {
            long now = NOW + 23 * HOUR;
            tasks.wallClock(now);
            tasks.inputIdle();
            List<JsonNode> sent = new ArrayList<>(tasks.reminders());
            for (int i = 0; i < 3_000 && sent.size() < dueInTheOutage; i++) {
                tasks.wallClock(now += 10);
                sent.addAll(tasks.reminders());
            }
            assertThat(sent).hasSizeGreaterThanOrEqualTo(dueInTheOutage);
            assertThat(sent)
                    .allSatisfy(reminder -> assertThat(reminder.get("remind_at").asText())
                            .isLessThanOrEqualTo(reminder.get("sent_at").asText()));

            run(tasks, NOW + 48 * HOUR + 10);
            sent.addAll(tasks.reminders());
            assertThat(sent)
                    .extracting(reminder -> reminder.get("event_id").asText())
                    .hasSize(tasksDue)
                    .doesNotHaveDuplicates();
        }
    }

    /** The clock goes on by ten minutes at a time, and stands a little for the sweeps. */
    private static void run(TasksHarness tasks, long until) throws Exception {
        while (tasks.wallClock() < until) {
            long next = Math.min(until, tasks.wallClock() + 10 * MINUTE);
            for (long now = next - 500; now <= next; now += 10) {
                tasks.wallClock(Math.max(now, tasks.wallClock()));
            }
        }
    }
}
