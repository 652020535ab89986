package io.millrace.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.audit.AuditReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class CrewITCase {

    @TempDir
    Path directory;

    @Test
    void aKilledTaskManagerAndAKilledBrokerLoseNothing() throws Exception {
        try (Crew crew = Crew.start(directory, Chaos.jar(Path.of("../..")))) {
            // Where both subtasks run
            play(crew, 1, new Fault(FaultKind.TASKMANAGER_KILL, 2_000, 500, Fault.BOTH, 0));
            play(crew, 2, new Fault(FaultKind.BROKER_KILL, 3_000, 500, 0, 0));

            AuditReport whole = crew.judgeAll();
            assertThat(whole.isClean()).as(whole::toString).isTrue();
        }
    }

    private static void play(Crew crew, int number, Fault fault) throws Exception {
        Outcome outcome = crew.play(number, new Episode(number, List.of(fault)));

        assertThat(outcome.isClean())
                .as(() -> outcome.verdict() + "\n" + outcome.report() + "\n" + crew.describe())
                .isTrue();
        assertThat(outcome.report().events()).isGreaterThan(1_500);
        assertThat(outcome.report().reminders()).isGreaterThan(200);
        assertThat(outcome.report().deadLetters()).isGreaterThan(20);
        assertThat(outcome.outage()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
}
