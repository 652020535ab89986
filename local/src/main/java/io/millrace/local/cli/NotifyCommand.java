package io.millrace.local.cli;

import picocli.CommandLine.Command;

@Command(
        name = "notify",
        description = "Say how people, or teams, are told of reminders, approvals, escalations and alerts.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {NotifySetCommand.class, NotifyShowCommand.class, NotifyOffCommand.class})
final class NotifyCommand extends CommandGroup {}
