package io.millrace.jobs.slo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.kafka.lag.LagMetrics;
import io.millrace.operators.decision.DeciderOperator;
import io.millrace.operators.decision.DecidingOperator;
import io.millrace.operators.slo.SloMetrics;
import io.millrace.testing.jobs.JobContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SloJobTest extends JobContract {

    SloJobTest() {
        super(
                SloJob.JOB,
                SloJob.class,
                DeciderOperator.class,
                DecidingOperator.class,
                LagMetrics.class,
                SloMetrics.class);
    }

    @ParameterizedTest
    @CsvSource({"interval, 100 ms", "interval, 2 h", "groups, ("})
    void aSettingThatIsWrongIsNamed(String key, String value) {
        assertThatThrownBy(() -> define("--" + key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + ": ");
    }
}
