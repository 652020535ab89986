package io.millrace.jobs.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.agents.trace.TraceMetrics;
import io.millrace.operators.agent.AgentMetrics;
import io.millrace.operators.decision.DecidingOperator;
import io.millrace.testing.jobs.JobContract;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentsJobTest extends JobContract {

    AgentsJobTest() {
        super(
                AgentsJob.JOB,
                AgentsJob.class,
                AgentMetrics.class,
                AttemptMetrics.class,
                TraceMetrics.class,
                DecidingOperator.class);
    }

    @Test
    void theRegistryIsReadByOneSubtaskSoThatAllSeeItInOneOrder() {
        assertThat(graph().getStreamNodes().stream().filter(node -> List.of("agent-registry", AgentsUids.READ_REGISTRY)
                        .contains(node.getTransformationUID())))
                .hasSize(2)
                .allSatisfy(node -> assertThat(node.getParallelism()).isEqualTo(1));
    }

    @ParameterizedTest
    @CsvSource({
        "gate.concurrent, 0, concurrent",
        "gate.circuit-window, 65, circuit-window",
        "attempts.capacity, 0, attempts.capacity",
        "dedup-window, 0 s, dedup-window",
        "unknown-agent-wait, -1 s, unknown-agent-wait",
        "tenants, a b, tenants",
        "tenants, acme;acme, tenants",
        "tenants, agent-results-acme, agent-results-acme",
        "reply-topic-prefixes, agent-, reply-topic-prefixes",
        "topic-agents.request-topic-prefixes, agent-, request-topic-prefixes",
        "topic-agents.reply-topic, agent-calls, reply-topic",
        "http.allowed-hosts, https://crm, allowed-hosts",
        "http.allowed-networks, 10.0.0.0/33, allowed-networks",
        "tracing.otlp-endpoint, http://user@collector/, tracing.otlp-endpoint",
        "tracing.sample-ratio, 1.1, tracing.sample-ratio",
        "tracing.service-name, ' ', tracing.service-name",
        "costs-file, /no/such/file, costs-file"
    })
    void aSettingThatIsWrongIsNamed(String key, String value, String named) {
        assertThatThrownBy(() -> define("--" + key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }
}
