package io.millrace.local.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stands here for the overview only: the launcher runs benchmarks in a JVM of their own, and so their help. */
@Command(name = "bench", description = "Measure contestants side by side; ./millrace bench --help says which.")
final class BenchCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ARGUMENT", description = "Passed on to the benchmark.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw new CommandFailure("measure with ./millrace bench " + String.join(" ", arguments));
    }
}
