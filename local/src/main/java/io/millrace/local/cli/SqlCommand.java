package io.millrace.local.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stands here for the overview only: the launcher runs it in a JVM of its own, and so its help. */
@Command(name = "sql", description = "Query the lake's tables with SQL.")
final class SqlCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ARGUMENT", description = "Passed on.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw new CommandFailure("run it with ./millrace sql " + String.join(" ", arguments));
    }
}
