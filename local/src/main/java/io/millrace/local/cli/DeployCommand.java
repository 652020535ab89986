package io.millrace.local.cli;

import picocli.CommandLine.Command;

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
final class DeployCommand extends CommandGroup {}
