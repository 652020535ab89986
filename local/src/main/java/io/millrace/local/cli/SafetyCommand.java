package io.millrace.local.cli;

import picocli.CommandLine.Command;

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
final class SafetyCommand extends CommandGroup {}
