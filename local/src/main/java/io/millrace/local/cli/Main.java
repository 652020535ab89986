package io.millrace.local.cli;

import picocli.CommandLine;

/** Runs one command and exits with its status: 0 done, 1 failed, 2 wrong usage. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        StandardOutput output = StandardOutput.install();
        int status = run(args);
        System.out.flush();
        if (output.problem() != null) {
            System.err.println("millrace: " + output.problem());
            status = Math.max(status, CommandLine.ExitCode.SOFTWARE);
        }
        System.exit(status);
    }

    static int run(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new MillraceCommand());
        line.setCommandName("millrace");
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpLongOptionsMaxWidth(30);
        line.setUsageHelpWidth(110);
        line.setParameterExceptionHandler(Failures::wrongUsage);
        line.setExecutionExceptionHandler(Failures::failed);
        return line;
    }
}
