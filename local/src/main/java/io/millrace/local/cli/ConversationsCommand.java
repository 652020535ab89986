package io.millrace.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "conversation",
        description = "See how conversations with customers are, and what was said; erase those of a customer.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ConversationListCommand.class, ConversationShowCommand.class, ConversationEraseCommand.class})
final class ConversationsCommand implements Runnable {

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
