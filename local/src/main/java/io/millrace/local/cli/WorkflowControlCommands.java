package io.millrace.local.cli;

import io.millrace.local.terminal.Terminal;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.workflow.RunWatch;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.VisibleText;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowControl.Action;
import io.millrace.schema.workflow.WorkflowEvent;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that do something with runs that there are. */
final class WorkflowControlCommands {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private WorkflowControlCommands() {}

    @Command(name = "cancel", description = "Cancel runs, and those that they started and wait for.")
    static final class Cancel extends Control {
        Cancel() {
            super(Action.CANCEL, Change.RUN_CANCELLED, "cancelled");
        }
    }

    @Command(
            name = "suspend",
            description = "Have runs do nothing until they are resumed; what comes waits, timers too.")
    static final class Suspend extends Control {
        Suspend() {
            super(Action.SUSPEND, Change.RUN_SUSPENDED, "suspended");
        }
    }

    @Command(name = "resume", description = "Have runs go on that were suspended.")
    static final class Resume extends Control {
        Resume() {
            super(Action.RESUME, Change.RUN_RESUMED, "resumed");
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
            super(Action.RETRY, Change.RUN_RETRIED, "tried again");
        }

        @Override
        String input() throws IOException {
            return GivenJson.read("--input", given);
        }
    }

    /** One of them. */
    abstract static class Control implements Callable<Integer> {
        @Parameters(paramLabel = "RUN", arity = "1..*", description = "Ids of runs.")
        private List<String> runIds;

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is kept with the run.")
        private String reason;

        @Option(names = "--as", paramLabel = "WHO", description = "Who wants it; default: you.")
        private String by;

        @Mixin
        private TenantOption tenant;

        @Mixin
        private KafkaOption kafka;

        private final Action action;
        private final Set<Change> answers;
        private final String done;

        Control(Action action, Change change, String done) {
            this.action = action;
            this.answers = EnumSet.of(change, Change.COMMAND_REFUSED);
            this.done = done;
        }

        /** Null for none. */
        String input() throws IOException {
            return null;
        }

        @Override
        public Integer call() throws IOException {
            KafkaConnection connection = kafka.connect();
            Terminal terminal = Terminal.ofProcess(System.out);
            String input = input();
            int status = 0;
            for (String runId : runIds) {
                WorkflowShowCommand.find(connection, tenant.name(), runId);
                WorkflowEvent answer = tell(connection, runId, input);
                if (answer.change() == Change.COMMAND_REFUSED) {
                    System.err.println("millrace: " + VisibleText.of(runId + ": " + answer.detail()));
                    status = 1;
                } else {
                    terminal.println(done + " " + VisibleText.of(runId));
                }
            }
            return status;
        }

        private WorkflowEvent tell(KafkaConnection connection, String runId, String input) {
            WorkflowControl control = new WorkflowControl(
                    RunEvents.envelope("workflow.control", tenant.name()),
                    runId,
                    action,
                    by == null ? RunEvents.me() : by,
                    reason,
                    input);
            try (RunWatch watch = new RunWatch(connection, tenant.name(), runId)) {
                watch.tell(Topics.WORKFLOW_COMMANDS, control.toJson());
                return watch.await(LIMIT, event -> answers.contains(event.change()))
                        .orElseThrow(() -> new CommandFailure("nothing was heard of run " + runId + " yet; it will be "
                                + done + " once the job workflows reads it: ./millrace jobs"));
            }
        }
    }
}
