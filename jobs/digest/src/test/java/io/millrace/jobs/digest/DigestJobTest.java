package io.millrace.jobs.digest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.decision.DeciderOperator;
import io.millrace.operators.decision.DecidingOperator;
import io.millrace.testing.jobs.JobContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestJobTest extends JobContract {

    DigestJobTest() {
        super(DigestJob.JOB, DigestJob.class, DeciderOperator.class, DecidingOperator.class);
    }

    @ParameterizedTest
    @CsvSource({"schedule, 0 25 * * *", "schedule, @daily", "time-zone, Europe/Atlantis", "catch-up, -1 s"})
    void aSettingThatIsWrongIsNamed(String key, String value) {
        assertThatThrownBy(() -> define("--" + key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + ": ");
    }
}
