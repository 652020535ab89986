package io.millrace.chaos.agent;

import io.millrace.auditor.CallAuditFeed;
import io.millrace.auditor.CallAuditSettings.Budget;
import io.millrace.chaos.workload.Act;
import io.millrace.chaos.workload.Report;
import io.millrace.chaos.workload.Workload;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Calls of agents that run outside the cluster. */
public final class AgentWorkload implements Workload {
    static final List<String> RESULT_TOPICS = List.of(Topics.AGENT_RESULTS, CallPlan.OWN_RESULTS);

    private static final Duration AUDIT_LIMIT = Duration.ofMinutes(10);
    /** Of each tenant, for a day; an episode has one tenant who would need twice as much. */
    private static final Budget BUDGET = new Budget(4_000, 0);

    private static final String COSTS =
            """
            prices:
              chaos: {input: 1, output: 1}
            budgets:
              default: {day: 0.004}
            """;

    private final RecordingAgents agents;
    private final Path costs;
    private final Map<String, Budget> budgets = new HashMap<>();

    private AgentWorkload(RecordingAgents agents, Path costs) {
        this.agents = agents;
        this.costs = costs;
    }

    /** @param directory where the file of prices and budgets is made */
    public static AgentWorkload start(Path directory) {
        try {
            return new AgentWorkload(
                    RecordingAgents.start(), Files.writeString(directory.resolve("costs.yaml"), COSTS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<TopicSpec> topics(int partitions) {
        return Stream.concat(
                        TopicAdmin.agentTopics(partitions).stream(),
                        Stream.of(TopicSpec.logAppended(CallPlan.OWN_RESULTS, partitions)))
                .toList();
    }

    @Override
    public List<String> arguments() {
        return List.of("--costs-file", costs.toString(), "--http.allowed-networks", "127.0.0.0/8;::1");
    }

    @Override
    public Act act(String bootstrapServers, int number, long seed) {
        String prefix = "e" + number + "-";
        budgets.put(prefix + CallPlan.POOR, BUDGET);
        CallPlan plan = CallPlan.of(seed, prefix, agents);
        return new CallJudge(bootstrapServers, plan, BUDGET, () -> agents.asks(prefix));
    }

    /** By the topics alone. */
    @Override
    public Report whole(String bootstrapServers, Duration longestOutage) {
        return new CallReports(
                        CallAuditFeed.audit(bootstrapServers, CallJudge.settings(longestOutage, budgets), AUDIT_LIMIT),
                        longestOutage)
                .report();
    }

    @Override
    public void close() {
        agents.close();
    }
}
