package io.millrace.logic.workflow;

import static io.millrace.logic.workflow.RunDeciderTest.agent;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.rollout.HealthSignal;
import io.millrace.schema.workflow.RunStarted;
import io.millrace.schema.workflow.WorkflowControl.Action;
import org.junit.jupiter.api.Test;

class VersionSignalsTest {
    private static final RunStarted.Choice CHOICE = new RunStarted.Choice("workflow.test", "v2");

    private static TestRun chosen() {
        return TestRun.of("[" + agent("ask", "a") + "]").startChosen(CHOICE);
    }

    @Test
    void howARunEndedIsTold() {
        TestRun run = chosen();
        assertThat(run.signals()).isEmpty();

        run.elapse(250).answer("a", "1");

        HealthSignal signal = run.signals().get(0);
        assertThat(signal.flag()).isEqualTo("workflow.test");
        assertThat(signal.variant()).isEqualTo("v2");
        assertThat(signal.source()).isEqualTo("workflows");
        assertThat(signal.requests()).isEqualTo(1);
        assertThat(signal.errors()).isZero();
        assertThat(signal.latencyMs()).isEqualTo(250);
        assertThat(signal.envelope().tenant()).isEqualTo("acme");
    }

    @Test
    void aRunThatFailsCountsOnceThoughItIsTriedAgain() {
        TestRun run = chosen().fails("a");
        assertThat(run.signals()).hasSize(1);
        assertThat(run.signals().get(0).errors()).isEqualTo(1);

        run.control(Action.RETRY).answer("a", "1");
        assertThat(run.output()).isEqualTo("1");
        assertThat(run.signals()).hasSize(1);
    }

    @Test
    void oneThatPeopleEndSaysNothing() {
        assertThat(chosen().control(Action.CANCEL).signals()).isEmpty();
    }

    @Test
    void norDoesOneThatNoFlagChose() {
        assertThat(TestRun.started("[" + agent("ask", "a") + "]", "1")
                        .answer("a", "1")
                        .signals())
                .isEmpty();
    }
}
