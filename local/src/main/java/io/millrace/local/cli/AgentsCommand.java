package io.millrace.local.cli;

import picocli.CommandLine.Command;

@Command(
        name = "agents",
        description = {
            "See which agents there are, register and remove them, and call them.",
            "On the local platform the key for approvals is the file approval.key in the data directory (--data-dir), and "
                    + "what agents are reached with are files in its directory secrets/, one per secret, named by it,"
                    + " and NAME.hosts with the hosts that it may be sent to."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AgentsListCommand.class,
            AgentsShowCommand.class,
            AgentsRegisterCommand.class,
            AgentsRemoveCommand.class,
            AgentsInvalidateCommand.class,
            AgentsCallCommand.class
        })
final class AgentsCommand extends CommandGroup {}
