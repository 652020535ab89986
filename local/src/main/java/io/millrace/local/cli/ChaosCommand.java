package io.millrace.local.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stands here for the overview only: the launcher makes crash runs in a JVM of their own, and so their help. */
@Command(name = "chaos", description = "Kill, pause and starve a cluster under load, and have an auditor judge it.")
final class ChaosCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ARGUMENT", description = "Passed on to the crash run.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw new CommandFailure("run it with ./millrace chaos " + String.join(" ", arguments));
    }
}
