package io.millrace.local.cli;

import picocli.CommandLine.Command;

@Command(
        name = "knowledge",
        description =
                "The documents that customers are answered from: publish, list, withdraw them, and try what they answer.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            KnowledgePublishCommand.class,
            KnowledgeListCommand.class,
            KnowledgeWithdrawCommand.class,
            KnowledgeAskCommand.class
        })
final class KnowledgeCommand extends CommandGroup {}
