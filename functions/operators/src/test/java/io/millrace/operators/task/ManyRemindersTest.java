package io.millrace.operators.task;

import static io.millrace.operators.task.TasksHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.operators.task.TasksHarness.Backend;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A hundred thousand reminders due in one millisecond do not stop the task. */
class ManyRemindersTest {
    private static final int REMINDERS = 100_000;
    private static final long DUE = NOW + 60_000;

    private final TaskLog log = new TaskLog();

    @ParameterizedTest
    @EnumSource(Backend.class)
    void recordsAndSnapshotsPassBetweenSlices(Backend backend) throws Exception {
        Set<String> sent = new HashSet<>();
        OperatorSubtaskState state;
        try (TasksHarness tasks = TasksHarness.restoreWithPauses(backend, null)) {
            tasks.inputIdle();
            for (int i = 0; i < REMINDERS; i++) {
                tasks.process(log.created("t-" + i, NOW, DUE));
            }
            tasks.updates();

            // When the moment comes, one tick releases some
            tasks.wallClock(DUE);
            add(tasks.reminders(), sent);
            assertThat(sent.size()).isBetween(1, REMINDERS - 1);

            // Then a record passes before the rest
            tasks.process(log.created("between", DUE, DUE + 600_000));
            assertThat(tasks.updates()).hasSize(1);

            // and a snapshot
            state = tasks.snapshot(1);
            assertThat(tasks.metrics.gauge(TaskMetrics.PENDING_REMINDERS)).isEqualTo(REMINDERS - sent.size() + 1);
        }

        // And a restored operator sends the rest, in as many ticks as it takes
        try (TasksHarness tasks = TasksHarness.restoreWithPauses(backend, state)) {
            tasks.inputIdle();
            int ticks = 0;
            for (long now = DUE; sent.size() < REMINDERS; now += 10, ticks++) {
                tasks.wallClock(now);
                List<JsonNode> slice = tasks.reminders();
                assertThat(slice).as("each tick makes progress").isNotEmpty();
                add(slice, sent);
            }
            assertThat(ticks).isGreaterThan(1);
            assertThat(tasks.timers()).isEqualTo(1);
        }
    }

    private static void add(List<JsonNode> reminders, Set<String> sent) {
        for (JsonNode reminder : reminders) {
            assertThat(sent.add(reminder.get("event_id").asText())).isTrue();
        }
    }
}
