package io.millrace.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "notify",
        description = "Say how people, or teams, are told of reminders, approvals, escalations and alerts.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {NotifySetCommand.class, NotifyShowCommand.class, NotifyOffCommand.class})
final class NotifyCommand implements Runnable {

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
