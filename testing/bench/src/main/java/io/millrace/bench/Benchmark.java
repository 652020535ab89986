package io.millrace.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/**
 * One benchmark: a command with its own options that answers with a {@link Report}. To add one, name it in {@link
 * Bench}.
 */
abstract class Benchmark implements Callable<Integer> {

    @Option(names = "--json", paramLabel = "FILE", description = "Write ratios, figures, machine and versions to FILE.")
    private Path json;

    /** Measures; says on standard error how far it is. */
    abstract Report measure() throws Exception;

    @Override
    public final Integer call() throws Exception {
        Report report = measure();
        System.out.println(report.text());
        if (json != null) {
            report.writeJson(json);
        }
        return 0;
    }
}
