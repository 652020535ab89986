package io.millrace.chaos.digest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.chaos.workload.Act;
import io.millrace.chaos.workload.Publication;
import io.millrace.chaos.workload.ReplayJudge;
import io.millrace.chaos.workload.ReplayRules;
import io.millrace.chaos.workload.Report;
import io.millrace.chaos.workload.Workload;
import io.millrace.logic.digest.DigestDecider;
import io.millrace.logic.digest.DigestSchedule;
import io.millrace.logic.digest.DigestState;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.digest.Digest;
import io.millrace.schema.task.TaskSummary;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.jobs.ReplayAudit;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Views of tasks, and what people are told of them: each at a second of the minute that is theirs. */
public final class DigestWorkload implements Workload, ReplayRules {
    private static final String SCHEDULE = "* * * * *";
    private static final String ZONE = "UTC";
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public List<TopicSpec> topics(int partitions) {
        return List.of(
                TopicSpec.logAppended(input(), partitions),
                TopicSpec.deadLetters(deadLetters(), partitions),
                TopicSpec.logAppended(output(), partitions));
    }

    @Override
    public List<String> arguments() {
        return List.of("--schedule", SCHEDULE, "--time-zone", ZONE);
    }

    @Override
    public Act act(String bootstrapServers, int number, long seed) {
        String users = "e" + number + "-";
        List<Publication> plan = DigestPlan.of(seed, users);
        ReplayJudge judge = new ReplayJudge(
                bootstrapServers, topics(PARTITIONS), this, key -> key != null && key.startsWith(users));
        return new Act() {
            @Override
            public List<Publication> publications() {
                return plan;
            }

            @Override
            public Report judge(Instant start) {
                return judge.judge(start.plusMillis(DigestPlan.LENGTH).plus(SETTLE));
            }

            @Override
            public void close() {
                judge.close();
            }
        };
    }

    @Override
    public Report whole(String bootstrapServers, Duration longestOutage) {
        try (ReplayJudge judge = new ReplayJudge(bootstrapServers, topics(PARTITIONS), this, key -> true)) {
            return judge.judge(Instant.now().minus(SETTLE));
        }
    }

    @Override
    public String input() {
        return Topics.TASK_UPDATES;
    }

    @Override
    public String output() {
        return Topics.DIGESTS;
    }

    @Override
    public String deadLetters() {
        return Topics.TASK_UPDATES_DLQ;
    }

    @Override
    public boolean accepts(ConsumerRecord<byte[], byte[]> record) {
        try {
            TaskSummary.read(ReplayAudit.source(record));
            return true;
        } catch (RejectedEventException e) {
            return false;
        }
    }

    @Override
    public Map<String, ReplayJudge.Told> decided(List<ConsumerRecord<byte[], byte[]>> log, Instant until) {
        ReplayAudit<DigestState, TaskSummary, Digest> audit = new ReplayAudit<>(
                        TaskSummary::read, DigestDecider::person, new DigestDecider(new DigestSchedule(SCHEDULE, ZONE)))
                .read(log)
                .until(until.toEpochMilli());
        Map<String, ReplayJudge.Told> decided = new HashMap<>();
        for (Digest digest : audit.commands()) {
            try {
                decided.put(
                        digest.envelope().eventId().toString(),
                        new ReplayJudge.Told(told(JSON.readTree(digest.toJson())), digest.scheduledAt()));
            } catch (IOException e) {
                throw new IllegalStateException("a digest is JSON", e);
            }
        }
        return decided;
    }

    @Override
    public String told(JsonNode event) {
        return ((ObjectNode) event)
                .deepCopy()
                .without(List.of("sent_at", "late_by_ms"))
                .toString();
    }

    @Override
    public void close() {
        // Nothing of it runs outside the cluster.
    }
}
