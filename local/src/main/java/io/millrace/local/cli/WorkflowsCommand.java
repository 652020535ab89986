package io.millrace.local.cli;

import picocli.CommandLine.Command;

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
final class WorkflowsCommand extends CommandGroup {}
