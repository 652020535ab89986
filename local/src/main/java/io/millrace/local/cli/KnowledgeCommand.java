package io.millrace.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
final class KnowledgeCommand implements Runnable {

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
