package io.millrace.chaos.workflow;

import io.millrace.chaos.workload.Act;
import io.millrace.chaos.workload.JudgedAct;
import io.millrace.chaos.workload.LogJudge;
import io.millrace.chaos.workload.Publication;
import io.millrace.chaos.workload.Report;
import io.millrace.chaos.workload.Workload;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Runs of workflows: their starts, what disturbs them, and who answers them. A tenant for each episode. */
public final class WorkflowWorkload implements Workload {
    static final List<String> INPUTS = List.of(
            Topics.WORKFLOW_DEFINITIONS, Topics.WORKFLOW_COMMANDS, Topics.APPROVAL_DECISIONS, Topics.WORKFLOW_INBOX);
    static final List<String> TOLD = List.of(
            Topics.WORKFLOW_EVENTS,
            Topics.WORKFLOW_RUNS,
            Topics.AGENT_CALLS,
            Topics.APPROVAL_REQUESTS,
            Topics.WORKFLOW_EMITTED);

    private Counterparts counterparts;

    @Override
    public List<TopicSpec> topics(int partitions) {
        return List.of(
                compacted(Topics.WORKFLOW_DEFINITIONS, 1),
                compacted(Topics.AGENT_REGISTRY, 1),
                compacted(Topics.WORKFLOW_RUNS, partitions),
                TopicSpec.logAppended(Topics.WORKFLOW_COMMANDS, partitions),
                TopicSpec.logAppended(Topics.APPROVAL_DECISIONS, partitions),
                TopicSpec.logAppended(Topics.WORKFLOW_INBOX, partitions),
                TopicSpec.logAppended(Topics.WORKFLOW_EVENTS, partitions),
                TopicSpec.logAppended(Topics.AGENT_CALLS, partitions),
                TopicSpec.logAppended(Topics.APPROVAL_REQUESTS, partitions),
                TopicSpec.logAppended(Topics.WORKFLOW_EMITTED, partitions),
                TopicSpec.deadLetters(Topics.WORKFLOW_DEFINITIONS_DLQ, partitions),
                TopicSpec.deadLetters(Topics.WORKFLOW_COMMANDS_DLQ, partitions),
                TopicSpec.deadLetters(Topics.APPROVAL_DECISIONS + Topics.DEAD_LETTER_SUFFIX, partitions),
                TopicSpec.deadLetters(Topics.WORKFLOW_INBOX_DLQ, partitions));
    }

    private static TopicSpec compacted(String topic, int partitions) {
        return TopicSpec.logAppended(topic, partitions).with("cleanup.policy", "compact");
    }

    @Override
    public List<String> arguments() {
        return List.of("--definition-wait", "5 s");
    }

    @Override
    public Act act(String bootstrapServers, int number, long seed) {
        String tenant = "e" + number;
        List<Publication> plan = RunPlan.of(seed, tenant);
        if (counterparts == null) {
            counterparts = new Counterparts(bootstrapServers, topics(PARTITIONS));
        }
        LogJudge judge = judge(bootstrapServers, tenant);
        return JudgedAct.beside(counterparts, plan, judge);
    }

    /** @param tenant whose runs are judged; null for all */
    private LogJudge judge(String bootstrapServers, String tenant) {
        List<String> outputs = Stream.concat(
                        TOLD.stream(), INPUTS.stream().map(topic -> topic + Topics.DEAD_LETTER_SUFFIX))
                .toList();
        return new LogJudge(
                bootstrapServers, topics(PARTITIONS), outputs, INPUTS, (topics, until, now) -> new RunChecks(
                                topics, tenant)
                        .report(until, now));
    }

    @Override
    public Report whole(String bootstrapServers, Duration longestOutage) {
        try (LogJudge judge = judge(bootstrapServers, null)) {
            return judge.judge();
        }
    }

    @Override
    public void close() {
        if (counterparts != null) {
            counterparts.close();
        }
    }
}
