package io.millrace.jobs.notifications;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.decision.DeciderOperator;
import io.millrace.operators.decision.DecidingOperator;
import io.millrace.testing.jobs.JobContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationsJobTest extends JobContract {

    NotificationsJobTest() {
        super(NotificationsJob.JOB, NotificationsJob.class, DeciderOperator.class, DecidingOperator.class);
    }

    @ParameterizedTest
    @CsvSource({"give-up-after, 0 s", "give-up-after, 8 d", "catch-up, -1 s"})
    void aSettingThatIsWrongIsNamed(String key, String value) {
        assertThatThrownBy(() -> define("--" + key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + ": ");
    }
}
