package io.millrace.jobs.rollout;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.decision.DeciderOperator;
import io.millrace.operators.decision.DecidingOperator;
import io.millrace.operators.rollout.RolloutMetrics;
import io.millrace.testing.jobs.JobContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutJobTest extends JobContract {

    RolloutJobTest() {
        super(RolloutJob.JOB, RolloutJob.class, RolloutMetrics.class, DeciderOperator.class, DecidingOperator.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 s", "999 ms", "6 min"})
    void anIntervalThatIsWrongIsNamed(String value) {
        assertThatThrownBy(() -> define("--interval", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("interval: ");
    }
}
