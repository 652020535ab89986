package io.millrace.logic.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.Usage;
import org.junit.jupiter.api.Test;

class SpentTest {
    @Test
    void sumsDoNotBecomeNegative() {
        AgentOutcome outcome = new AgentOutcome(
                "k#1",
                "owner",
                "acme",
                "a",
                AgentOutcome.Status.OK,
                "1",
                null,
                0,
                new Usage(Long.MAX_VALUE, Long.MAX_VALUE),
                Long.MAX_VALUE,
                0,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                null,
                null);

        Spent spent = Spent.NOTHING.plus(outcome).plus(outcome);

        assertThat(spent.usage()).isEqualTo(new Usage(Long.MAX_VALUE, Long.MAX_VALUE));
        assertThat(spent.usage().total()).isEqualTo(Long.MAX_VALUE);
        assertThat(spent.costMicros()).isEqualTo(Long.MAX_VALUE);
        assertThat(spent.queuedMs()).isEqualTo(Long.MAX_VALUE);
        assertThat(spent.agentMs()).isEqualTo(Long.MAX_VALUE);
    }
}
