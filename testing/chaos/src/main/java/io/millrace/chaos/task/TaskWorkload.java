package io.millrace.chaos.task;

import io.millrace.auditor.AuditFeed;
import io.millrace.chaos.workload.Act;
import io.millrace.chaos.workload.Report;
import io.millrace.chaos.workload.Workload;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import java.time.Duration;
import java.util.List;

/** Tasks and their reminders. */
public final class TaskWorkload implements Workload {
    static final Duration UNKNOWN_TASK_WAIT = Duration.ofSeconds(3);

    private static final Duration AUDIT_LIMIT = Duration.ofMinutes(10);

    @Override
    public List<TopicSpec> topics(int partitions) {
        return TopicAdmin.taskTopics(partitions);
    }

    @Override
    public List<String> arguments() {
        return List.of("--unknown-task-wait", UNKNOWN_TASK_WAIT.toMillis() + " ms");
    }

    @Override
    public Act act(String bootstrapServers, int number, long seed) {
        String users = "e" + number + "-";
        return new TaskJudge(bootstrapServers, users, TaskPlan.of(seed, users));
    }

    @Override
    public Report whole(String bootstrapServers, Duration longestOutage) {
        return TaskJudge.report(AuditFeed.audit(bootstrapServers, TaskJudge.settings(longestOutage), AUDIT_LIMIT));
    }

    @Override
    public void close() {
        // Nothing of it runs outside the cluster.
    }
}
