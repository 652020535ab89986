package io.millrace.local.cli;

import io.millrace.local.agent.AgentException;
import io.millrace.local.knowledge.DocumentException;
import io.millrace.local.platform.PlatformException;
import io.millrace.local.topic.TopicException;
import io.millrace.local.workflow.WorkflowException;
import io.millrace.operations.flink.FlinkRestException;
import io.millrace.schema.wire.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line, as {@link VisibleText}, what went wrong. The stack trace is shown when MILLRACE_DEBUG is set, and when it is a bug. */
final class Failures {

    private Failures() {}

    static int wrongUsage(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("millrace: " + VisibleText.of(failure.getMessage()));
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try: " + help(command));
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static String help(CommandLine command) {
        if (command.getParent() == null) {
            return "./millrace help";
        }
        boolean nested = command.getParent().getParent() != null;
        return nested
                ? "./millrace " + command.getParent().getCommandName() + " " + command.getCommandName() + " --help"
                : "./millrace help " + command.getCommandName();
    }

    static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        boolean expected = failure instanceof PlatformException
                || failure instanceof TopicException
                || failure instanceof FlinkRestException
                || failure instanceof CommandFailure
                || failure instanceof AgentException
                || failure instanceof WorkflowException
                || failure instanceof DocumentException
                || failure instanceof IOException;
        err.println("millrace: " + VisibleText.of(expected ? message(failure) : failure.toString()));
        if (!expected || System.getenv("MILLRACE_DEBUG") != null) {
            failure.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String message(Exception failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no file " + failure.getMessage();
        }
        return failure instanceof AccessDeniedException
                ? "no right to open " + failure.getMessage()
                : failure.getMessage();
    }
}
