package io.millrace.local.cli;

import picocli.CommandLine.Command;

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
final class SloCommand extends CommandGroup {}
