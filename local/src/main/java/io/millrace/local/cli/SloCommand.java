package io.millrace.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "slo",
        description = "See how late consumer groups are, and say how late they may be.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SloListCommand.class,
            SloShowCommand.class,
            SloCheckCommand.class,
            SloApplyCommand.class,
            SloRemoveCommand.class
        })
final class SloCommand implements Runnable {

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
