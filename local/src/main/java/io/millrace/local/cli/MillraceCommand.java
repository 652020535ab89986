package io.millrace.local.cli;

import io.millrace.local.platform.BuildVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
        name = "millrace",
        description = "Tasks and agent workflows as Apache Flink jobs.",
        versionProvider = MillraceCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            LauncherCommands.Test.class,
            LauncherCommands.Bench.class,
            LauncherCommands.Chaos.class,
            LauncherCommands.Sql.class,
            LauncherCommands.Audit.class,
            LauncherCommands.Simulate.class,
            LauncherCommands.Gateway.class,
            PublishCommand.class,
            TailCommand.class,
            ReplayCommand.class,
            StatusCommand.class,
            JobsCommand.class,
            SavepointCommand.class,
            RedeployCommand.class,
            AgentsCommand.class,
            WatchCommand.class,
            LogsCommand.class,
            SloCommand.class,
            RolloutsCommand.class,
            SafetyCommand.class,
            NotifyCommand.class,
            WorkflowsCommand.class,
            ChatCommand.class,
            ConversationsCommand.class,
            KnowledgeCommand.class,
            DeployCommand.class,
            HelpCommand.class
        })
final class MillraceCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version.")
    @SuppressWarnings("unused") // likewise
    private boolean version;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"millrace " + BuildVersion.current()};
        }
    }
}
