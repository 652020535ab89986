package io.millrace.jobs.tasks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.decision.DecidingOperator;
import io.millrace.operators.task.TaskMetrics;
import io.millrace.testing.jobs.JobContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TasksJobTest extends JobContract {

    TasksJobTest() {
        super(TasksJob.JOB, TasksJob.class, TaskMetrics.class, DecidingOperator.class);
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
        assertThatThrownBy(() -> define("--" + key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key);
    }
}
