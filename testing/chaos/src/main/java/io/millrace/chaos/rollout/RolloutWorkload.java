package io.millrace.chaos.rollout;

import io.millrace.chaos.workload.Act;
import io.millrace.chaos.workload.JudgedAct;
import io.millrace.chaos.workload.LogJudge;
import io.millrace.chaos.workload.Publication;
import io.millrace.chaos.workload.Report;
import io.millrace.chaos.workload.Workload;
import io.millrace.operations.kafka.TopicSpec;
import java.time.Duration;
import java.util.List;

/** Roll-outs: what their owners want of them, what others do to their flags, and how requests went. */
public final class RolloutWorkload implements Workload {
    @Override
    public List<TopicSpec> topics(int partitions) {
        return RolloutTopics.of(partitions);
    }

    @Override
    public List<String> arguments() {
        return List.of("--interval", "1 s");
    }

    @Override
    public Act act(String bootstrapServers, int number, long seed) {
        // Their keys begin so.
        String prefix = "e" + number + "-";
        List<Publication> plan = RolloutPlan.of(seed, prefix);
        Services services = new Services(bootstrapServers, topics(PARTITIONS), prefix, seed);
        LogJudge judge = judge(bootstrapServers, prefix);
        return JudgedAct.with(services, plan, judge);
    }

    private LogJudge judge(String bootstrapServers, String prefix) {
        return new LogJudge(
                bootstrapServers,
                topics(PARTITIONS),
                RolloutTopics.OUTPUTS,
                RolloutTopics.INPUTS,
                (topics, until, now) -> new RolloutChecks(topics, prefix).report(until, now));
    }

    @Override
    public Report whole(String bootstrapServers, Duration longestOutage) {
        try (LogJudge judge = judge(bootstrapServers, "")) {
            return judge.judge();
        }
    }

    @Override
    public void close() {
        // Nothing of it runs outside the cluster.
    }
}
