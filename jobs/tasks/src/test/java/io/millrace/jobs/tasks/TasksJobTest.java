package io.millrace.jobs.tasks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.operators.task.TaskMetrics;
import io.millrace.testing.jobs.JobContract;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TasksJobTest extends JobContract {

    TasksJobTest() {
        super(TasksJob.JOB, TasksJob.class, TaskMetrics.class);
    }

    @ParameterizedTest
    @CsvSource({
        "late-after, -1 s",
        "reminder-catch-up, soon",
        "dedup-window, 0 s",
        "closed-retention, 1 h",
        "unknown-task-wait, 0 s",
        "delivery.default, at-most-once",
        "kafka.properties-file, /no/such/file"
    })
    void aSettingThatIsWrongIsNamed(String key, String value) {
        StreamExecutionEnvironment env = JobEnvironment.prepare(new StreamExecutionEnvironment(
                Configuration.fromMap(Map.of("execution.checkpointing.interval", "1 s"))));

        assertThatThrownBy(() -> TasksJob.JOB.define(env, "--" + key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key);
    }
}
