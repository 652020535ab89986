package io.millrace.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "workflow",
        description = "Define workflows, run them, see how runs are, and decide what they ask.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            WorkflowValidateCommand.class,
            WorkflowTestCommand.class,
            WorkflowPublishCommand.class,
            WorkflowStartCommand.class,
            WorkflowListCommand.class,
            WorkflowShowCommand.class,
            WorkflowControlCommands.Cancel.class,
            WorkflowControlCommands.Suspend.class,
            WorkflowControlCommands.Resume.class,
            WorkflowControlCommands.Retry.class,
            WorkflowSignalCommand.class,
            WorkflowApprovalsCommand.class,
            WorkflowDecideCommands.Approve.class,
            WorkflowDecideCommands.Reject.class
        })
final class WorkflowsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing; there are: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
