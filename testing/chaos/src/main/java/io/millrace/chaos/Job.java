package io.millrace.chaos;

import io.millrace.chaos.agent.AgentWorkload;
import io.millrace.chaos.audit.AuditWorkload;
import io.millrace.chaos.conversation.ConversationWorkload;
import io.millrace.chaos.digest.DigestWorkload;
import io.millrace.chaos.rollout.RolloutWorkload;
import io.millrace.chaos.task.TaskWorkload;
import io.millrace.chaos.workflow.WorkflowWorkload;
import io.millrace.chaos.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** The jobs that faults can be done to. */
enum Job {
    TASKS,
    AGENTS,
    DIGEST,
    AUDIT,
    WORKFLOWS,
    CONVERSATIONS,
    ROLLOUT;

    /** @param directory for files of the workload */
    Workload workload(Path directory) {
        return switch (this) {
            case TASKS -> new TaskWorkload();
            case AGENTS -> AgentWorkload.start(directory);
            case DIGEST -> new DigestWorkload();
            case AUDIT -> AuditWorkload.in(directory);
            case WORKFLOWS -> new WorkflowWorkload();
            case CONVERSATIONS -> ConversationWorkload.in(directory);
            case ROLLOUT -> new RolloutWorkload();
        };
    }

    /**
     * Its jar, as it is deployed.
     *
     * @param home the project's directory
     */
    Path jar(Path home) throws IOException {
        Path target = home.resolve("jobs").resolve(toString()).resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("millrace-" + this + "-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no jar in " + target));
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
