package io.millrace.bench;

import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code bench NAME}: runs one benchmark. Exit status: 0 done, 1 failed, 2 wrong usage. */
@Command(
        name = "bench",
        description = "Measure contestants in turn, on the same broker and data.",
        synopsisSubcommandLabel = "NAME",
        subcommands = {
            TasksBench.class,
            MicroBench.class,
            RemindersBench.class,
            RecoveryBench.class,
            AgentsBench.class,
            LakeBench.class,
            WorkflowsBench.class,
            ConversationsBench.class,
            RolloutBench.class,
        })
public final class Bench implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Spec
    private CommandSpec spec;

    private Bench() {}

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Bench());
        line.setCommandName("millrace bench");
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpLongOptionsMaxWidth(30);
        line.setUsageHelpWidth(110);
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
        // Flink and Kafka may leave threads behind.
        System.exit(line.execute(arguments));
    }

    /** In one line when the message says it all, else with where it came from. */
    private static int failed(Exception failure) {
        System.err.println("bench: " + failure.getMessage());
        boolean expected = failure instanceof IllegalStateException || failure instanceof TimeoutException;
        if (!expected || System.getenv("MILLRACE_DEBUG") != null) {
            failure.printStackTrace();
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "the name of a benchmark is missing");
    }
}
