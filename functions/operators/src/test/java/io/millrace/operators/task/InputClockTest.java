package io.millrace.operators.task;

import static io.millrace.operators.task.TasksHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.decision.DecidingOperator;
import io.millrace.operators.task.TasksHarness.Backend;
import org.junit.jupiter.api.Test;

/** While the input is behind, reminders are released as far as it was read. */
class InputClockTest {
    private static final long DUE = NOW + 60_000;

    private final TaskLog log = new TaskLog();

    @Test
    void nothingIsReleasedBeforeTheInputHasSaidHowFarItIs() throws Exception {
        try (TasksHarness tasks = TasksHarness.start(Backend.HEAP)) {
            tasks.process(log.created("t-1", NOW, DUE));

            tasks.wallClock(DUE + 1000);

            assertThat(tasks.reminders()).isEmpty();
            assertThat(tasks.metrics.gauge(DecidingOperator.INPUT_CLOCK_LAG_MS)).isEqualTo(DUE + 1000 - NOW);
        }
    }

    @Test
    void anInputThatIsBehindHoldsRemindersBackUntilItHasPassedThem() throws Exception {
        try (TasksHarness tasks = TasksHarness.start(Backend.HEAP)) {
            tasks.process(log.created("t-1", NOW, DUE));

            tasks.watermark(DUE - 1);
            tasks.wallClock(DUE + 1000);
            assertThat(tasks.reminders()).isEmpty();
            assertThat(tasks.metrics.gauge(DecidingOperator.INPUT_CLOCK_LAG_MS)).isEqualTo(1001);

            tasks.watermark(DUE);
            tasks.wallClock(DUE + 1010);
            assertThat(tasks.reminders()).hasSize(1);
        }
    }

    @Test
    void nothingWakesUpBeforeSomethingIsDue() throws Exception {
        try (TasksHarness tasks = TasksHarness.caughtUp(Backend.HEAP)) {
            tasks.wallClock(NOW + 10);
            assertThat(tasks.wakesIn()).as("nothing is set").isEqualTo(1000);

            tasks.process(log.created("t-1", NOW, NOW + 500));
            assertThat(tasks.wakesIn()).as("something is set").isEqualTo(490);

            tasks.wallClock(NOW + 500);
            assertThat(tasks.reminders()).hasSize(1);
            assertThat(tasks.wakesIn()).as("all is sent").isEqualTo(1000);
        }
    }

    @Test
    void whatTheInputHoldsBackWaitsForTheInput() throws Exception {
        try (TasksHarness tasks = TasksHarness.start(Backend.HEAP)) {
            tasks.process(log.created("t-1", NOW, DUE));
            tasks.watermark(DUE - 1);
            tasks.wallClock(DUE);
            assertThat(tasks.wakesIn()).isEqualTo(1000);

            tasks.watermark(DUE);
            assertThat(tasks.wakesIn()).isEqualTo(10);
        }
    }

    @Test
    void aTaskThatTheLogCompletesWhileTheInputIsBehindSendsNoReminder() throws Exception {
        try (TasksHarness tasks = TasksHarness.start(Backend.HEAP)) {
            tasks.process(log.created("t-1", NOW, DUE));
            tasks.wallClock(DUE + 1000);

            tasks.process(log.completed("t-1", DUE - 1));
            tasks.inputIdle();
            tasks.wallClock(DUE + 2000);

            assertThat(tasks.reminders()).isEmpty();
        }
    }

    @Test
    void anInputThatHasCaughtUpLeavesItToTheWallClock() throws Exception {
        try (TasksHarness tasks = TasksHarness.start(Backend.HEAP)) {
            tasks.process(log.created("t-1", NOW, DUE));
            tasks.watermark(NOW);
            tasks.wallClock(DUE);
            assertThat(tasks.reminders()).isEmpty();

            tasks.inputIdle();
            tasks.wallClock(DUE + 10);

            assertThat(tasks.reminders()).hasSize(1);
            assertThat(tasks.metrics.gauge(DecidingOperator.INPUT_CLOCK_LAG_MS)).isZero();
        }
    }

    @Test
    void anInputThatIsActiveAgainHoldsRemindersBackAgain() throws Exception {
        try (TasksHarness tasks = TasksHarness.caughtUp(Backend.HEAP)) {
            tasks.process(log.created("t-1", NOW, DUE));
            tasks.inputActive();
            tasks.watermark(DUE - 1);

            tasks.wallClock(DUE);
            assertThat(tasks.reminders()).isEmpty();

            tasks.inputIdle();
            tasks.wallClock(DUE + 10);
            assertThat(tasks.reminders()).hasSize(1);
        }
    }

    @Test
    void anInputClockAheadOfTheWallClockReleasesNothingEarly() throws Exception {
        try (TasksHarness tasks = TasksHarness.start(Backend.HEAP)) {
            tasks.process(log.created("t-1", NOW, DUE));
            tasks.watermark(DUE + 5000);

            tasks.wallClock(DUE - 1);
            assertThat(tasks.reminders()).isEmpty();

            tasks.wallClock(DUE + 9);
            assertThat(tasks.reminders()).hasSize(1);
        }
    }

    @Test
    void aRecordFromTheFutureReleasesNothingEarly() throws Exception {
        long hour = 3_600_000;
        try (TasksHarness tasks = TasksHarness.caughtUp(Backend.HEAP)) {
            tasks.process(log.created("t-1", NOW, NOW + hour));

            tasks.process(log.renamed("t-1", NOW + 2 * hour, "Pay"));

            assertThat(tasks.reminders()).isEmpty();
            tasks.process(log.completed("t-1", NOW + 1));
            tasks.wallClock(NOW + hour);
            assertThat(tasks.reminders()).isEmpty();
        }
    }

    @Test
    void aWallClockThatGoesBackReleasesNothingTwice() throws Exception {
        try (TasksHarness tasks = TasksHarness.caughtUp(Backend.HEAP)) {
            tasks.process(log.created("t-1", NOW, DUE), log.created("t-2", NOW, DUE + 5000));
            tasks.wallClock(DUE);
            assertThat(tasks.reminders()).hasSize(1);

            tasks.wallClock(DUE - 3000);
            tasks.wallClock(DUE + 4999);
            assertThat(tasks.reminders()).isEmpty();

            tasks.wallClock(DUE + 5010);
            assertThat(tasks.reminders()).hasSize(1);
        }
    }

    @Test
    void theEndOfTheInputReleasesNothing() throws Exception {
        try (TasksHarness tasks = TasksHarness.start(Backend.HEAP)) {
            tasks.process(log.created("t-1", NOW, DUE));

            tasks.drain();

            assertThat(tasks.reminders()).isEmpty();
            assertThat(tasks.timers()).isEqualTo(1);
        }
    }

    @Test
    void theLastWatermarkLeavesItToTheWallClock() throws Exception {
        try (TasksHarness tasks = TasksHarness.start(Backend.HEAP)) {
            tasks.process(log.created("t-1", NOW, DUE));
            tasks.watermark(Long.MAX_VALUE);

            tasks.wallClock(DUE - 1);
            assertThat(tasks.reminders()).isEmpty();

            tasks.wallClock(DUE + 9);
            assertThat(tasks.reminders()).hasSize(1);
        }
    }
}
