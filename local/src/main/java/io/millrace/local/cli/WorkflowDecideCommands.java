package io.millrace.local.cli;

import io.millrace.local.terminal.Terminal;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.workflow.RunWatch;
import io.millrace.local.workflow.Runs;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.VisibleText;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.ApprovalRequested;
import io.millrace.schema.workflow.WorkflowEvent;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that decide what a run asks. */
final class WorkflowDecideCommands {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private WorkflowDecideCommands() {}

    @Command(
            name = "approve",
            description =
                    "Approve what a run asks. Exit status 0 when the decision counts; who may decide, the run says.")
    static final class Approve extends Decide {
        @Option(names = "--choice", paramLabel = "CHOICE", description = "Another one of the choices of the request.")
        private String choice;

        @Override
        String choice(ApprovalRequested request) {
            return choice != null ? choice : request.choices().get(0);
        }
    }

    @Command(name = "reject", description = "Reject what a run asks.")
    static final class Reject extends Decide {
        private static final String REJECT = "reject";

        @Override
        String choice(ApprovalRequested request) {
            if (!request.choices().contains(REJECT)) {
                throw new CommandFailure("it can't be rejected: the choices are " + String.join(", ", request.choices())
                        + "; ./millrace workflow approve " + request.requestId() + " --choice takes one");
            }
            return REJECT;
        }
    }

    /** One of them. */
    abstract static class Decide implements Callable<Integer> {
        @Parameters(
                paramLabel = "REQUEST|RUN",
                description = "Id of the request, or of a run that asks one thing; see approvals.")
        private String id;

        @Option(names = "--as", paramLabel = "WHO", description = "Who decides; default: you.")
        private String by;

        @Option(names = "--comment", paramLabel = "TEXT", description = "Why; it is kept with the decision.")
        private String comment;

        @Option(names = "--data", paramLabel = "JSON|@FILE", description = "What comes with the decision.")
        private String data;

        @Mixin
        private TenantOption tenant;

        @Mixin
        private KafkaOption kafka;

        abstract String choice(ApprovalRequested request);

        @Override
        public Integer call() throws IOException {
            KafkaConnection connection = kafka.connect();
            String given = GivenJson.read("--data", data);
            Runs.Asked asked = find(Runs.read(connection, tenant.name()));
            String requestId = asked.waiting().token();
            ApprovalRequested request = Runs.request(connection, tenant.name(), requestId)
                    .orElseThrow(() -> new CommandFailure("the request " + requestId + " is not on "
                            + Topics.APPROVAL_REQUESTS + " any more, which its retention may be the reason of"));
            ApprovalDecided decision = new ApprovalDecided(
                    RunEvents.envelope("approval.decided", tenant.name()),
                    request.runId(),
                    requestId,
                    choice(request),
                    by == null ? RunEvents.me() : by,
                    comment,
                    given);
            return tell(decision, publish(connection, decision));
        }

        private WorkflowEvent publish(KafkaConnection connection, ApprovalDecided decision) {
            try (RunWatch watch = new RunWatch(connection, tenant.name(), decision.runId())) {
                watch.tell(Topics.APPROVAL_DECISIONS, decision.toJson());
                return watch.await(LIMIT, event -> isAbout(event, decision))
                        .orElseThrow(() -> new CommandFailure("nothing was heard of the decision yet; does the job"
                                + " workflows run? ./millrace jobs tells, and ./millrace workflow show "
                                + decision.runId() + " what came of it"));
            }
        }

        private static boolean isAbout(WorkflowEvent event, ApprovalDecided decision) {
            return (event.change() == Change.DECISION_ACCEPTED || event.change() == Change.DECISION_REFUSED)
                    && decision.by().equals(event.by());
        }

        private static int tell(ApprovalDecided decision, WorkflowEvent answer) {
            if (answer.change() == Change.DECISION_REFUSED) {
                System.err.println("millrace: the decision does not count: " + VisibleText.of(answer.detail()));
                return 1;
            }
            Terminal.ofProcess(System.out)
                    .println(VisibleText.of(decision.runId() + ": " + decision.by() + " chose " + decision.choice()));
            return 0;
        }

        private Runs.Asked find(Runs runs) {
            List<Runs.Asked> found = runs.asked().stream()
                    .filter(one -> id.equals(one.waiting().token())
                            || id.equals(one.run().runId()))
                    .toList();
            if (found.size() == 1) {
                return found.get(0);
            }
            if (found.isEmpty()) {
                throw new CommandFailure("nothing that waits for an approval is called '" + id
                        + "'; ./millrace workflow approvals lists what does");
            }
            throw new CommandFailure("the run asks " + found.size() + " things; name the request: "
                    + found.stream()
                            .map(one ->
                                    one.waiting().token() + " (" + one.waiting().name() + ")")
                            .collect(Collectors.joining(", ")));
        }
    }
}
