package io.millrace.jobs.agents;

import io.millrace.jobs.runtime.Input;
import io.millrace.jobs.runtime.Job;
import io.millrace.jobs.runtime.Output;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The agents job; {@link AgentsPipeline} is its graph, and docs/agents.md lists its settings. */
public final class AgentsJob {
    /** Whoever waits for an answer waits for this twice, and the broker has a request for all that came meanwhile. */
    private static final Duration LINGER = Duration.ofMillis(1);

    /** Nobody looks for an answer that is older than a call. */
    private static final Duration REPLY_RETENTION = Duration.ofDays(1);

    static final Input CALLS =
            Input.of(Topics.AGENT_CALLS, "Calls in.").lettersLingering(LINGER).andOfEach(AgentsOptions.TENANTS);
    static final Input REGISTRY =
            Input.of(Topics.AGENT_REGISTRY, "Agents in.").compacted().lettersLingering(LINGER);
    static final Input FLAGS = Input.of(
                    Topics.FLAGS, "Flags in: which version of an agent is asked, and whether agents are asked at all.")
            .compacted()
            .judgedElsewhere();
    static final Input OUTCOMES =
            Input.of(Topics.AGENT_OUTCOMES, "Outcomes of attempts, out and in.").lettersLingering(LINGER);

    static final Output OUTCOMES_OUT =
            Output.backTo(OUTCOMES).withUid("agent-outcomes-sink").lingering(LINGER);
    static final Output RESULTS = Output.to(Topics.AGENT_RESULTS, "Results out, of calls that name no other topic.")
            .withUid("agent-results-sink")
            .lingering(LINGER);

    static final Output SIGNALS = Output.to(Topics.HEALTH_SIGNALS, "How calls of versions of agents went, out.")
            .lingering(Duration.ofMillis(50));

    /** Its uids, state and settings: what others depend on. */
    public static final Job JOB = new Job(
            "agents",
            List.of(
                    CALLS,
                    REGISTRY,
                    OUTCOMES,
                    FLAGS,
                    Input.beside(AgentsOptions.REPLY_TOPIC, REPLY_RETENTION),
                    Input.besideCompacted(
                            Topics.KNOWLEDGE_DOCUMENTS,
                            "Documents of the agent knowledge, whose definition names the topic it reads: made and permitted here.")),
            List.of(RESULTS, OUTCOMES_OUT, SIGNALS),
            AgentsOptions.ALL,
            Map.of(
                    AgentsOptions.APPROVAL_KEY_FILE.key(), "${data}/approval.key",
                    AgentsOptions.KEYS_DIRECTORY.key(), "${data}/secrets",
                    // Agents of whoever tries things out run on this machine.
                    AgentsOptions.ALLOWED_NETWORKS.key(), "127.0.0.0/8;::1",
                    AgentsOptions.NOTIFY_HOSTS.key(), "localhost;127.0.0.1"),
            AgentsPipeline::build);

    private AgentsJob() {}

    public static void main(String[] arguments) throws Exception {
        JOB.run(arguments);
    }
}
