package io.millrace.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The pieces of the tasks job by JMH: nanoseconds and bytes allocated for one operation. */
@Command(name = "micro", description = "The pieces of the tasks job, one by one, with JMH: time and allocation.")
final class MicroBench extends Benchmark {
    private static final String ALLOCATION = "gc.alloc.rate.norm";
    private static final int ITERATIONS = 5;

    @Option(names = "--only", paramLabel = "REGEX", description = "The pieces whose name contains this.")
    private String only = "";

    @Option(
            names = "--forks",
            paramLabel = "N",
            defaultValue = "2",
            converter = Positive.class,
            description = "JVMs for each, one after the other; default: ${DEFAULT-VALUE}.")
    private int forks;

    @Override
    Report measure() throws Exception {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(TaskPieces.class.getName() + "\\..*" + only)
                .forks(forks)
                .warmupIterations(ITERATIONS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class);
        Collection<RunResult> results = new Runner(
                        options.build(), OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL))
                .run();
        if (results.isEmpty()) {
            throw new IllegalArgumentException("there is no piece " + only);
        }
        Report report = new Report("micro");
        report.setting("forks", forks);
        for (RunResult result : results) {
            add(result, report);
        }
        return report;
    }

    private static void add(RunResult result, Report report) {
        List<Double> nanos = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                nanos.add(iteration.getPrimaryResult().getScore());
                Result<?> allocated = iteration.getSecondaryResults().get(ALLOCATION);
                if (allocated != null) {
                    bytes.add(allocated.getScore());
                }
            }
        }
        String method = result.getParams().getBenchmark();
        String piece = snakeCase(method.substring(method.lastIndexOf('.') + 1));
        report.figure(piece + "_ns", nanos);
        if (!bytes.isEmpty()) {
            report.figure(piece + "_bytes_per_op", bytes);
        }
    }

    static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
