package io.millrace.local.cli;

import io.millrace.local.terminal.Terminal;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.workflow.RunWatch;
import io.millrace.local.workflow.Runs;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.VisibleText;
import io.millrace.schema.workflow.WorkflowCommand;
import io.millrace.schema.workflow.WorkflowEvent;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import io.millrace.schema.workflow.WorkflowRun;
import io.millrace.schema.workflow.WorkflowStart;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "start",
        description = {
            "Start a run of a workflow, and say what became of it so far.",
            "Started again under the same id it is the same run. Exit status 0 when it has begun; with --follow, when it completed."
        })
final class WorkflowStartCommand implements Callable<Integer> {
    /** A start waits that long for a definition that is not there. */
    private static final Duration LIMIT = Duration.ofSeconds(75);

    @Parameters(paramLabel = "NAME", description = "The workflow.")
    private String workflow;

    @Option(names = "--version", paramLabel = "V", description = "Which version; default: the highest there is.")
    private String version;

    @Option(names = "--input", paramLabel = "JSON|@FILE", description = "What it starts with; default: null.")
    private String input;

    @Option(names = "--id", paramLabel = "ID", description = "Id of the run; default: a new one.")
    private String id;

    @Option(
            names = "--attribute",
            paramLabel = "K=V",
            description = "By which the run is found, see list; as often as you like.")
    private Map<String, String> attributes = new TreeMap<>();

    @Option(names = "--follow", description = "Print what happens in it until it ends.")
    private boolean follow;

    @Option(names = "--no-wait", description = "Publish the start and print the run's id only.")
    private boolean noWait;

    @Option(names = "--json", description = "Print what happens as JSON lines.")
    private boolean json;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() throws IOException {
        WorkflowStart start = start();
        Terminal terminal = Terminal.ofProcess(System.out);
        KafkaConnection connection = kafka.connect();
        try (RunWatch watch = new RunWatch(connection, tenant.name(), start.runId())) {
            Optional<WorkflowRun> before = id == null
                    ? Optional.empty()
                    : Runs.read(connection, tenant.name()).find(id);
            if (before.isPresent()) {
                return already(before.get(), watch, terminal);
            }
            watch.tell(Topics.WORKFLOW_COMMANDS, start.toJson());
            if (noWait) {
                terminal.println(VisibleText.of(start.runId()));
                return 0;
            }
            Optional<WorkflowEvent> first = watch.await(LIMIT, event -> true);
            if (first.isEmpty()) {
                throw new CommandFailure("nothing was heard of run " + start.runId()
                        + "; does the job workflows run? ./millrace jobs tells");
            }
            return tell(first.get(), watch, terminal);
        }
    }

    private int already(WorkflowRun run, RunWatch watch, Terminal terminal) {
        if (!json) {
            terminal.println(VisibleText.of(run.runId() + " was started before, and is " + RunText.word(run.state())));
        }
        return !follow || run.state().isEnded() ? 0 : RunFollow.toTheEnd(watch, terminal, json);
    }

    private int tell(WorkflowEvent first, RunWatch watch, Terminal terminal) {
        boolean refused = first.change() == Change.RUN_REFUSED;
        if (json) {
            RunFollow.print(first, terminal, true);
        } else if (refused) {
            System.err.println("millrace: the run was refused: "
                    + VisibleText.of(first.error() == null ? first.detail() : RunText.error(first.error())));
        } else {
            terminal.println(
                    "started " + VisibleText.of(first.runId() + ", " + first.workflow() + " " + first.version()));
        }
        return refused ? 1 : follow ? RunFollow.toTheEnd(watch, terminal, json) : 0;
    }

    /** As the job will read it, so that what is wrong is said here. */
    private WorkflowStart start() throws IOException {
        String runId = id == null ? workflow + "-" + UUID.randomUUID() : id;
        byte[] event;
        try {
            event = new WorkflowStart(
                            RunEvents.envelope("workflow.start", tenant.name()),
                            runId,
                            workflow,
                            version,
                            GivenJson.read("--input", input),
                            attributes,
                            null)
                    .toJson();
            return (WorkflowStart)
                    WorkflowCommand.read(new SourceRecord(Topics.WORKFLOW_COMMANDS, 0, 0, 0, null, event, List.of()));
        } catch (RejectedEventException e) {
            throw new CommandFailure(e.messageWithoutPlace(), e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }
}
