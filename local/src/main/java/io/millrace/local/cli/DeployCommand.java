package io.millrace.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "deploy",
        description = "Render, check and compare what a Kubernetes cluster is given, and try a platform that runs.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            LauncherCommands.Render.class,
            LauncherCommands.Check.class,
            LauncherCommands.Plan.class,
            DeploySmokeCommand.class
        })
final class DeployCommand implements Runnable {

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
