package io.millrace.local.cli;

import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.workflow.RunControls;
import io.millrace.local.workflow.Runs;
import io.millrace.schema.wire.VisibleText;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowControl.Action;
import io.millrace.schema.workflow.WorkflowEvent;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import io.millrace.schema.workflow.WorkflowRun;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that do something with runs that there are. */
final class WorkflowControlCommands {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private WorkflowControlCommands() {}

    @Command(name = "cancel", description = "Cancel runs, and those that they started and wait for.")
    static final class Cancel extends Control {
        Cancel() {
            super(
                    Action.CANCEL,
                    Change.RUN_CANCELLED,
                    "cancelled",
                    RunStatus.RUNNING,
                    RunStatus.WAITING,
                    RunStatus.SUSPENDED);
        }
    }

    @Command(
            name = "suspend",
            description = "Have runs do nothing until they are resumed; what comes waits, timers too.")
    static final class Suspend extends Control {
        Suspend() {
            super(Action.SUSPEND, Change.RUN_SUSPENDED, "suspended", RunStatus.RUNNING, RunStatus.WAITING);
        }
    }

    @Command(name = "resume", description = "Have runs go on that were suspended.")
    static final class Resume extends Control {
        Resume() {
            super(Action.RESUME, Change.RUN_RESUMED, "resumed", RunStatus.SUSPENDED);
        }
    }

    @Command(name = "retry", description = "Have runs that failed try the step again at which they did.")
    static final class Retry extends Control {
        @Option(
                names = "--input",
                paramLabel = "JSON|@FILE",
                description = "What the step starts with; default: what it had.")
        private String given;

        Retry() {
            super(Action.RETRY, Change.RUN_RETRIED, "tried again", RunStatus.FAILED);
        }

        @Override
        String input() throws IOException {
            return GivenJson.read("--input", given);
        }
    }

    /** One of them: about runs that are named, or about all that a filter takes. */
    abstract static class Control implements Callable<Integer> {
        @Parameters(
                paramLabel = "RUN",
                arity = "0..*",
                description = "Ids of runs; without any, all that the options say.")
        private List<String> runIds = List.of();

        @Mixin
        private RunFilter filter = new RunFilter();

        @Option(names = "--yes", description = "Do it to all that the options say; else they are only listed.")
        private boolean yes;

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is kept with the run.")
        private String reason;

        @Option(names = "--as", paramLabel = "WHO", description = "Who wants it; default: you.")
        private String by;

        @Mixin
        private TenantOption tenant;

        @Mixin
        private KafkaOption kafka;

        @Spec
        private CommandSpec spec;

        private final Action action;
        private final Set<Change> answers;
        private final String done;
        private final Set<RunStatus> states;

        Control(Action action, Change change, String done, RunStatus first, RunStatus... more) {
            this.action = action;
            this.answers = EnumSet.of(change, Change.COMMAND_REFUSED);
            this.done = done;
            this.states = EnumSet.of(first, more);
        }

        /** Null for none. */
        String input() throws IOException {
            return null;
        }

        @Override
        public Integer call() throws IOException {
            if (runIds.isEmpty() != filter.isGiven()) {
                throw new ParameterException(
                        spec.commandLine(), "name either runs, or by --state, --name and --attribute all of a kind");
            }
            KafkaConnection connection = kafka.connect();
            Terminal terminal = Terminal.ofProcess(System.out);
            Runs runs = Runs.read(connection, tenant.name());
            if (!runIds.isEmpty()) {
                requireKnown(runs);
                return tell(connection, terminal, runIds);
            }
            List<WorkflowRun> found = runs.latestFirst().stream()
                    .filter(run -> filter.takes(run, states))
                    .toList();
            if (!yes || found.isEmpty()) {
                RunText.table(found, Instant.now()).forEach(terminal::println);
                terminal.println(
                        found.isEmpty()
                                ? "there is no such run"
                                : Figures.count(found.size()) + " would be " + done + "; --yes does it");
                return 0;
            }
            return tell(
                    connection, terminal, found.stream().map(WorkflowRun::runId).toList());
        }

        /** All or none: who misspelt one may have misspelt others. */
        private void requireKnown(Runs runs) {
            for (String runId : runIds) {
                if (runs.find(runId).isEmpty()) {
                    throw WorkflowShowCommand.noRun(runId);
                }
            }
        }

        private int tell(KafkaConnection connection, Terminal terminal, List<String> ids) throws IOException {
            String input = input();
            List<WorkflowControl> controls =
                    ids.stream().distinct().map(id -> control(id, input)).toList();
            Map<String, WorkflowEvent> answered =
                    RunControls.tell(connection, tenant.name(), controls, answers, LIMIT, count -> {
                        if (terminal.isInteractive()) {
                            terminal.live(Figures.count(count) + " of " + Figures.count(controls.size()) + " …");
                        }
                    });
            terminal.clear();
            int unheard = 0;
            int refused = 0;
            for (WorkflowControl control : controls) {
                WorkflowEvent answer = answered.get(control.runId());
                if (answer == null) {
                    unheard++;
                } else if (answer.change() == Change.COMMAND_REFUSED) {
                    refused++;
                    System.err.println("millrace: " + VisibleText.of(control.runId() + ": " + answer.detail()));
                } else {
                    terminal.println(done + " " + VisibleText.of(control.runId()));
                }
            }
            if (unheard > 0) {
                throw new CommandFailure("nothing was heard of "
                        + (controls.size() == 1 ? "run " + controls.get(0).runId() : Figures.count(unheard) + " runs")
                        + " yet; it will be " + done + " once the job workflows reads it: ./millrace jobs");
            }
            return refused == 0 ? 0 : 1;
        }

        private WorkflowControl control(String runId, String input) {
            return new WorkflowControl(
                    RunEvents.envelope("workflow.control", tenant.name()),
                    runId,
                    action,
                    by == null ? RunEvents.me() : by,
                    reason,
                    input);
        }
    }
}
