package io.millrace.jobs.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.agents.trace.TraceMetrics;
import io.millrace.operators.agent.AgentMetrics;
import io.millrace.testing.jobs.JobContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentsJobTest extends JobContract {

    AgentsJobTest() {
        super(AgentsJob.JOB, AgentsJob.class, AgentMetrics.class, AttemptMetrics.class, TraceMetrics.class);
    }

    @Test
    void theRegistryIsReadByOneSubtaskSoThatAllSeeItInOneOrder() {
        assertThat(graph().getStreamNodes().stream().filter(node -> List.of("agent-registry", AgentsUids.READ_REGISTRY)
                        .contains(node.getTransformationUID())))
                .hasSize(2)
                .allSatisfy(node -> assertThat(node.getParallelism()).isEqualTo(1));
    }
}
