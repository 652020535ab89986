package io.millrace.local.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stands here for its help only: the launcher runs the checks itself, because they build this very jar. */
@Command(
        name = "test",
        description =
                "Run all checks, as CI does (mvn verify). -Dquick leaves the slow half out, --all runs what is run each night too.")
final class TestCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MAVEN-ARGUMENT", description = "Passed on to Maven.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw new CommandFailure("run the checks with ./millrace test " + String.join(" ", arguments));
    }
}
