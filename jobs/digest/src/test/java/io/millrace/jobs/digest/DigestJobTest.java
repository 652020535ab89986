package io.millrace.jobs.digest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.operators.decision.DecisionOperator;
import io.millrace.testing.jobs.JobContract;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestJobTest extends JobContract {

    DigestJobTest() {
        super(DigestJob.JOB, DigestJob.class, DecisionOperator.class);
    }

    @ParameterizedTest
    @CsvSource({"schedule, 0 25 * * *", "schedule, @daily", "time-zone, Europe/Atlantis", "catch-up, -1 s"})
    void aSettingThatIsWrongIsNamed(String key, String value) {
        StreamExecutionEnvironment env = JobEnvironment.prepare(new StreamExecutionEnvironment(
                Configuration.fromMap(Map.of("execution.checkpointing.interval", "1 s"))));

        assertThatThrownBy(() -> DigestJob.JOB.define(env, "--" + key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + ": ");
    }
}
