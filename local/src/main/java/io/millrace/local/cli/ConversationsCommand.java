package io.millrace.local.cli;

import picocli.CommandLine.Command;

@Command(
        name = "conversation",
        description = "See how conversations with customers are, and what was said; erase those of a customer.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ConversationListCommand.class, ConversationShowCommand.class, ConversationEraseCommand.class})
final class ConversationsCommand extends CommandGroup {}
