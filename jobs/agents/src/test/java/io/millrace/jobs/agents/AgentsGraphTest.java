package io.millrace.jobs.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.agents.AgentTransports;
import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.logic.agent.CallSettings;
import io.millrace.logic.agent.PriceTable;
import io.millrace.logic.agent.gate.GateSettings;
import io.millrace.operators.agent.AgentGates;
import io.millrace.operators.agent.AgentMessage;
import io.millrace.operators.agent.ApprovalKey;
import io.millrace.operators.agent.CallOperator;
import io.millrace.operators.agent.GateOperator;
import io.millrace.operators.agent.Gates;
import io.millrace.operators.agent.ReadAgentRegistry;
import io.millrace.operators.agent.RouteAgentCalls;
import io.millrace.operators.agent.TenantGates;
import io.millrace.operators.agent.TopicDirectory;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.testing.flink.StateNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** By uids and state names a savepoint finds its way into a later build: this is where a change of one is noticed. */
class AgentsGraphTest {
    private static final Path GOLDEN = Path.of("src/test/resources/agents-job.golden");
    private static final AgentsConfig CONFIG = AgentsConfig.load(new String[0], Map.of());

    @Test
    void uidsAndStatesAreThoseOfTheSavepointsThatAreAround() throws Exception {
        String actual = String.join("\n", layout()) + "\n";
        if (Boolean.getBoolean("millrace.refresh")) {
            Files.writeString(GOLDEN, actual);
        }

        assertThat(actual)
                .as("Savepoints of earlier builds may not fit this one. If that is meant, write under \"Migration\" in"
                        + " CHANGELOG.md what becomes of their state (which uid or state is new, renamed or gone, and how to"
                        + " upgrade), then run this test with -Dmillrace.refresh=true")
                .isEqualTo(Files.readString(GOLDEN));
    }

    private static List<String> layout() throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add("max-parallelism " + JobEnvironment.MAX_PARALLELISM);
        graph().getStreamNodes().stream()
                .map(node -> "uid " + node.getTransformationUID() + " | " + node.getOperatorName())
                .sorted()
                .forEach(lines::add);
        statesOfCalls().forEach(state -> lines.add("state of " + AgentsUids.CALLS + " | " + state));
        statesOfGates(new AgentGates(GateSettings.DEFAULTS))
                .forEach(state -> lines.add("state of " + AgentsUids.AGENT_GATES + " | " + state));
        statesOfGates(new TenantGates(GateSettings.DEFAULTS, Budget.UNLIMITED, Map.of()))
                .forEach(state -> lines.add("state of " + AgentsUids.TENANT_GATES + " | " + state));
        statesOfRegistry().forEach(state -> lines.add("state of " + AgentsUids.READ_REGISTRY + " | " + state));
        statesOfRouting().forEach(state -> lines.add("state of " + AgentsUids.ROUTE + " | " + state));
        return lines;
    }

    private static StreamGraph graph() {
        StreamExecutionEnvironment env = JobEnvironment.prepare(new StreamExecutionEnvironment(
                Configuration.fromMap(Map.of("execution.checkpointing.interval", "1 s"))));
        env.setParallelism(2);
        AgentsPipeline.build(
                env,
                CONFIG,
                AgentsSources.kafka(CONFIG),
                AgentsSinks.kafka(CONFIG),
                new KafkaTopicDirectory(CONFIG.kafka().adminProperties()));
        assertThat(env.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
        return env.getStreamGraph();
    }

    private static List<String> statesOfCalls() throws Exception {
        CallOperator operator =
                new CallOperator(CallSettings.DEFAULTS, PriceTable.FREE, new ApprovalKey(null), AgentTransports.KINDS);
        try (var harness = new KeyedTwoInputStreamOperatorTestHarness<String, AgentMessage, SourceRecord, AgentMessage>(
                operator, AgentMessage::owner, null, Types.STRING)) {
            harness.open();
            return StateNames.of(harness.snapshot(1, 1));
        }
    }

    private static List<String> statesOfGates(Gates gates) throws Exception {
        GateOperator operator = new GateOperator(gates);
        try (var harness = new KeyedOneInputStreamOperatorTestHarness<String, AgentMessage, AgentMessage>(
                operator, AgentMessage::agent, Types.STRING)) {
            harness.open();
            return StateNames.of(harness.snapshot(1, 1));
        }
    }

    private static List<String> statesOfRegistry() throws Exception {
        ReadAgentRegistry function = new ReadAgentRegistry(AgentTransports.KINDS, transport -> null, PriceTable.FREE);
        try (var harness = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(function))) {
            harness.open();
            return StateNames.of(harness.snapshot(1, 1));
        }
    }

    private static List<String> statesOfRouting() throws Exception {
        RouteAgentCalls function = new RouteAgentCalls(
                CONFIG.tenants(), CONFIG.results().topic(), List.of(), new NoTopics(), AgentTransports.KINDS);
        try (var harness = new TwoInputStreamOperatorTestHarness<>(new CoProcessOperator<>(function))) {
            harness.open();
            return StateNames.of(harness.snapshot(1, 1));
        }
    }

    /** Asks no broker. */
    private static final class NoTopics implements TopicDirectory {
        private static final long serialVersionUID = 1L;

        @Override
        public void open() {}

        @Override
        public boolean has(String topic) {
            return false;
        }

        @Override
        public boolean takes(String topic, long bytes) {
            return false;
        }

        @Override
        public void close() {}
    }

    @Test
    void everyOperatorHasAUidAndIsMadeForTheFixedMaximumParallelism() {
        StreamGraph graph = graph();

        assertThat(graph.getStreamNodes())
                .allSatisfy(node -> assertThat(node.getTransformationUID()).isNotBlank());
        assertThat(graph.getExecutionConfig().getMaxParallelism()).isEqualTo(JobEnvironment.MAX_PARALLELISM);
    }

    @Test
    void theRegistryIsReadByOneSubtaskSoThatAllSeeItInOneOrder() {
        assertThat(graph().getStreamNodes().stream()
                        .filter(node -> List.of(AgentsUids.REGISTRY_SOURCE, AgentsUids.READ_REGISTRY)
                                .contains(node.getTransformationUID())))
                .hasSize(2)
                .allSatisfy(node -> assertThat(node.getParallelism()).isEqualTo(1));
    }
}
