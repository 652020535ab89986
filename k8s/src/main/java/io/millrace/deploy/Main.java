package io.millrace.deploy;

import io.millrace.schema.wire.VisibleText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Runs {@code deploy render}, {@code check} or {@code plan}: 0 done, 1 failed, 2 wrong usage. */
@Command(
        name = "deploy",
        subcommands = {RenderCommand.class, CheckCommand.class, PlanCommand.class})
public final class Main implements Runnable {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Spec
    private CommandSpec spec;

    private Main() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    public static void main(String[] args) {
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8));
        int status = run(args);
        System.out.flush();
        System.exit(status);
    }

    static int run(String... args) {
        CommandLine line = new CommandLine(new Main());
        line.setCommandName("./millrace deploy");
        line.setUsageHelpLongOptionsMaxWidth(30);
        line.setUsageHelpWidth(110);
        line.setParameterExceptionHandler(Main::wrongUsage);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            boolean expected = failure instanceof DeployException;
            command.getErr()
                    .println("millrace: " + VisibleText.of(expected ? failure.getMessage() : failure.toString()));
            if (!expected || System.getenv("MILLRACE_DEBUG") != null) {
                failure.printStackTrace(command.getErr());
            }
            return ExitCode.SOFTWARE;
        });
        return line.execute(args);
    }

    private static int wrongUsage(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println("millrace: " + VisibleText.of(failure.getMessage()));
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }
}
