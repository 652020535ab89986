package io.millrace.local.cli;

import picocli.CommandLine.Command;

@Command(
        name = "rollout",
        description = "Roll versions out step by step; docs/rollout.md says how.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RolloutListCommand.class,
            RolloutShowCommand.class,
            RolloutFileCommands.Flag.class,
            FlagFileCommands.Export.class,
            FlagFileCommands.Import.class,
            RolloutFileCommands.Check.class,
            RolloutFileCommands.Apply.class,
            RolloutReadyCommand.class,
            RolloutControlCommands.Start.class,
            RolloutControlCommands.Pause.class,
            RolloutControlCommands.Resume.class,
            RolloutControlCommands.Step.class,
            RolloutControlCommands.Promote.class,
            RolloutControlCommands.RollBack.class,
            RolloutControlCommands.Stop.class,
            RolloutControlCommands.Freeze.class,
            RolloutControlCommands.Unfreeze.class
        })
final class RolloutsCommand extends CommandGroup {}
