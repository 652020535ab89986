package io.millrace.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "safety",
        description = "Stop the platform, or parts of it, at once; docs/safety.md says how.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SafetyCommands.Show.class,
            SafetyCommands.Stop.class,
            SafetyCommands.ReadOnly.class,
            SafetyCommands.Maintenance.class,
            SafetyCommands.Clear.class
        })
final class SafetyCommand implements Runnable {

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
