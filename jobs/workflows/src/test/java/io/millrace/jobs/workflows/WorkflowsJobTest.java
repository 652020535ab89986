package io.millrace.jobs.workflows;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.decision.DeciderOperator;
import io.millrace.operators.decision.DecidingOperator;
import io.millrace.operators.workflow.WorkflowMetrics;
import io.millrace.testing.jobs.JobContract;
import org.junit.jupiter.api.Test;

class WorkflowsJobTest extends JobContract {

    WorkflowsJobTest() {
        super(
                WorkflowsJob.JOB,
                WorkflowsJob.class,
                DeciderOperator.class,
                DecidingOperator.class,
                WorkflowMetrics.class);
    }

    @Test
    void aSettingThatIsWrongIsNamed() {
        assertThatThrownBy(() -> define("--definition-wait", "-1 s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("definition-wait: ");
    }
}
