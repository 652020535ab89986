package io.millrace.local.platform;

import io.millrace.schema.wire.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The jobs of Millrace, in the order in which they start. A new job is one entry here. */
public final class LocalJobs {

    public static final LocalJob TASKS = new LocalJob(
            "tasks",
            "tasks",
            "jobs/tasks",
            "millrace-tasks",
            "io.millrace.jobs.tasks.TasksJob",
            "millrace-tasks",
            List.of(Topics.TASK_EVENTS),
            Map.of(),
            Map.of());

    public static final LocalJob AGENTS = new LocalJob(
            "agents",
            "agents",
            "jobs/agents",
            "millrace-agents",
            "io.millrace.jobs.agents.AgentsJob",
            "millrace-agents",
            List.of(Topics.AGENT_CALLS, Topics.AGENT_OUTCOMES, Topics.AGENT_REGISTRY),
            Map.of("approval.key-file", JobSecrets.APPROVAL_KEY, "keys.directory", JobSecrets.DIRECTORY),
            // Agents of whoever tries things out run on this machine.
            Map.of("http.allowed-networks", "127.0.0.0/8;::1"));

    private static final List<LocalJob> ALL = List.of(TASKS, AGENTS);

    private LocalJobs() {}

    public static List<LocalJob> all() {
        return ALL;
    }

    /** The job people call {@code command}. */
    public static Optional<LocalJob> find(String command) {
        return ALL.stream().filter(job -> job.command().equals(command)).findFirst();
    }

    /** What {@link #find} knows, for messages. */
    public static String names() {
        return ALL.stream().map(LocalJob::command).collect(Collectors.joining(", "));
    }
}
