package io.millrace.local.cli;

import io.millrace.local.terminal.Terminal;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.workflow.RunTree;
import io.millrace.local.workflow.RunWatch;
import io.millrace.local.workflow.Runs;
import io.millrace.schema.wire.VisibleText;
import io.millrace.schema.workflow.WorkflowEvent;
import io.millrace.schema.workflow.WorkflowRun;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Show a run as a tree of its steps: state, attempts, time, what it waits for, what it cost.")
final class WorkflowShowCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "Its id.")
    private String runId;

    @Option(names = "--follow", description = "Then print what happens in it until it ends.")
    private boolean follow;

    @Option(names = "--json", description = "Print one JSON object: the run and its events.")
    private boolean json;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        KafkaConnection connection = kafka.connect();
        Terminal terminal = Terminal.ofProcess(System.out);
        // Before what there is, is read: nothing that happens in between is missed.
        try (RunWatch watch = new RunWatch(connection, tenant.name(), runId)) {
            WorkflowRun run = find(connection, tenant.name(), runId);
            Collection<WorkflowEvent> events = Runs.events(connection, run);
            if (json) {
                terminal.println(VisibleText.of(json(run, events)));
            } else {
                RunText.show(run, RunTree.of(events), Instant.now(), terminal).forEach(terminal::println);
            }
            if (!follow || run.state().isEnded()) {
                return 0;
            }
            events.forEach(event -> watch.after(event.number()));
            return RunFollow.toTheEnd(watch, terminal, json);
        }
    }

    private static String json(WorkflowRun run, Collection<WorkflowEvent> events) {
        return "{\"run\":" + new String(run.toJson(), StandardCharsets.UTF_8) + ",\"events\":"
                + events.stream()
                        .map(event -> new String(event.toJson(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining(",", "[", "]"))
                + "}";
    }

    /** @throws CommandFailure when there is none */
    static WorkflowRun find(KafkaConnection kafka, String tenant, String runId) {
        return Runs.read(kafka, tenant).find(runId).orElseThrow(() -> noRun(runId));
    }

    static CommandFailure noRun(String runId) {
        return new CommandFailure(
                "nothing is known of a run '" + runId + "'; ./millrace workflow list shows those that there are");
    }
}
