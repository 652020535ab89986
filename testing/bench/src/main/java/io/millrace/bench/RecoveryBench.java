package io.millrace.bench;

import io.millrace.bench.meter.Figures;
import io.millrace.bench.recovery.RecoveryRun;
import io.millrace.bench.recovery.RecoverySettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "recovery", description = "How long the tasks job is away when its TaskManager is killed under load.")
final class RecoveryBench extends Benchmark {

    @Option(
            names = "--state-gb",
            paramLabel = "N",
            defaultValue = "1",
            description = "State of the job, a fraction is allowed; default: ${DEFAULT-VALUE}.")
    private double stateGb;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Tasks created per second meanwhile; default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often the TaskManager is killed; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--standby", description = "Let another TaskManager wait, instead of starting one at the kill.")
    private boolean standby;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "2",
            description = "Parallelism; default: ${DEFAULT-VALUE}.")
    private int slots;

    @Option(
            names = "--checkpoint-seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Interval of checkpoints; default: ${DEFAULT-VALUE}.")
    private int checkpointSeconds;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of Flink's.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Override
    Report measure() throws Exception {
        Figures figures = new Figures();
        RecoveryRun.run(
                new RecoverySettings(
                        (long) (stateGb * (1L << 30)),
                        rate,
                        rounds,
                        standby,
                        slots,
                        Duration.ofSeconds(checkpointSeconds),
                        settings),
                figures);
        Report report = new Report("recovery");
        figures.forEach(report::figure);
        return report;
    }
}
