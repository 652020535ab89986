package io.millrace.local.cli;

import io.millrace.local.platform.LocalJob;
import io.millrace.local.platform.LocalJobs;
import io.millrace.local.platform.PlatformException;
import io.millrace.local.platform.PlatformOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that {@code demo} and {@code up} share. */
final class PlatformArguments {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where all data is kept; default: MILLRACE_DATA_DIR, else data/ in the project.")
    private Path dataDirectory;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "" + PlatformOptions.DEFAULT_KAFKA_PORT,
            description = "Kafka listens here; default: ${DEFAULT-VALUE}.")
    private int kafkaPort;

    @Option(
            names = "--web-port",
            paramLabel = "PORT",
            defaultValue = "" + PlatformOptions.DEFAULT_WEB_PORT,
            description = "The Flink dashboard and REST API; default: ${DEFAULT-VALUE}.")
    private int webPort;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "" + PlatformOptions.DEFAULT_METRICS_PORT,
            description = "Metrics for Prometheus; default: ${DEFAULT-VALUE}.")
    private int metricsPort;

    @Option(
            names = "--gateway-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "HTTP for tasks, runs, approvals and conversations; 0 for none; default: ${DEFAULT-VALUE}.")
    private int gatewayPort;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "" + PlatformOptions.DEFAULT_PARALLELISM,
            description = "Parallel tasks of every operator; default: ${DEFAULT-VALUE}.")
    private int parallelism;

    @Option(
            names = "--checkpoint-seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Time between checkpoints; default: ${DEFAULT-VALUE}.")
    private int checkpointSeconds;

    @Option(
            names = "--jobs",
            paramLabel = "JOB",
            split = ",",
            description = "Run these jobs alone, separated by commas; default: all.")
    private List<String> jobs;

    @Option(names = "--quiet", description = "Print no addresses and no live numbers.")
    private boolean quiet;

    PlatformOptions options() {
        return new PlatformOptions(
                Home.directory(),
                Home.dataDirectory(dataDirectory),
                kafkaPort,
                webPort,
                metricsPort,
                parallelism,
                Duration.ofSeconds(checkpointSeconds));
    }

    /** @throws PlatformException when one of the jobs asked for is not there */
    List<LocalJob> jobs(LocalJobs all) {
        return jobs == null ? all.all() : all.named(jobs);
    }

    /** Whether a job is to run. */
    boolean names(String job) {
        return jobs == null || jobs.contains(job);
    }

    /** 0 for none. */
    int gatewayPort() {
        return gatewayPort;
    }

    boolean quiet() {
        return quiet;
    }
}
