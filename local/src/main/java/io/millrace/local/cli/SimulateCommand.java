package io.millrace.local.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stands here for the overview only: the launcher runs simulations in a JVM of their own, and so their help. */
@Command(
        name = "simulate",
        description = "Run the decisions in simulated worlds with crashes; ./millrace simulate --help says how.")
final class SimulateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ARGUMENT", description = "Passed on to the simulation.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw new CommandFailure("simulate with ./millrace simulate " + String.join(" ", arguments));
    }
}
