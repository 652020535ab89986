package io.millrace.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "rollout",
        description = "Roll versions out step by step; docs/rollout.md says how.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RolloutListCommand.class,
            RolloutShowCommand.class,
            RolloutFileCommands.Flag.class,
            RolloutFileCommands.Check.class,
            RolloutFileCommands.Apply.class,
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
final class RolloutsCommand implements Runnable {

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
