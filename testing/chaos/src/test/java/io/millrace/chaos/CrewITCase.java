package io.millrace.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.chaos.workload.Report;
import io.millrace.chaos.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class CrewITCase {
    private static final Path HOME = Path.of("../..");

    @TempDir
    Path directory;

    @Test
    void killedTaskManagersLoseNothing() throws Exception {
        playTasks(new Fault(FaultKind.TASKMANAGER_KILL, 2_000, 500, Fault.BOTH, 0));
    }

    @Test
    @Tag("nightly")
    void aKilledBrokerLosesNothing() throws Exception {
        playTasks(new Fault(FaultKind.BROKER_KILL, 3_000, 500, 0, 0));
    }

    private void playTasks(Fault fault) throws Exception {
        try (Workload tasks = Job.TASKS.workload(directory);
                Crew crew = Crew.start(directory, Job.TASKS.jar(HOME), tasks)) {
            requireTasks(play(crew, 1, fault));
            requireClean(crew.judgeAll());
        }
    }

    private static void requireTasks(Report report) {
        // How many there are is the machine's affair; what is judged is judged of each.
        assertThat(report.counts().get("events")).isPositive();
        assertThat(report.counts().get("reminders")).isPositive();
        assertThat(report.counts().get("dead_letters")).isPositive();
        assertThat(report.outage()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    @Tag("nightly")
    void everyCallHasOneResultThoughBothTaskManagersAreKilled() throws Exception {
        try (Workload agents = Job.AGENTS.workload(directory);
                Crew crew = Crew.start(directory, Job.AGENTS.jar(HOME), agents)) {
            Report report = play(crew, 1, new Fault(FaultKind.TASKMANAGER_KILL, 4_000, 500, Fault.BOTH, 0));

            // How many meet an answer that is kept depends on how long the machine was away; it may be none.
            assertThat(report.counts().get("ok")).isPositive();
            assertThat(report.counts().get("refused")).isPositive();
            assertThat(report.counts().get("timed_out")).isPositive();
            assertThat(report.counts().get("dead_letters")).isPositive();
            assertThat(report.counts().get("asked_again")).isPositive();
            requireClean(crew.judgeAll());
        }
    }

    @Test
    @Tag("nightly")
    void whatIsWorseIsTakenBackThoughBothTaskManagersAreKilled() throws Exception {
        try (Workload rollouts = Job.ROLLOUT.workload(directory);
                Crew crew = Crew.start(directory, Job.ROLLOUT.jar(HOME), rollouts)) {
            Report report = play(crew, 1, new Fault(FaultKind.TASKMANAGER_KILL, 4_000, 500, Fault.BOTH, 0));

            assertThat(report.counts().get("changes")).isPositive();
            assertThat(report.counts().get("rolled_back")).isPositive();
            assertThat(report.counts().get("dead_letters")).isPositive();
            requireClean(crew.judgeAll());
        }
    }

    private static Report play(Crew crew, int number, Fault fault) throws Exception {
        Outcome outcome = crew.play(number, new Episode(number, List.of(fault)));

        assertThat(outcome.isClean())
                .as(() -> outcome.verdict() + "\n" + outcome.report() + "\n" + crew.describe())
                .isTrue();
        return outcome.report();
    }

    private static void requireClean(Report whole) {
        assertThat(whole.isClean()).as(whole::toString).isTrue();
    }
}
