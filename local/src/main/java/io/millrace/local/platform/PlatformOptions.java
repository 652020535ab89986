package io.millrace.local.platform;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the platform keeps its data and which ports it listens on, all on localhost.
 *
 * @param home the root of the project, whose builds the jobs' jars are
 * @param dataDirectory made when absent
 * @param parallelism of every job, at least 1
 * @param checkpointInterval of every job, positive
 */
public record PlatformOptions(
        Path home,
        Path dataDirectory,
        int kafkaPort,
        int webPort,
        int metricsPort,
        int parallelism,
        Duration checkpointInterval) {

    public static final int DEFAULT_KAFKA_PORT = 9092;
    public static final int DEFAULT_WEB_PORT = 8081;
    public static final int DEFAULT_METRICS_PORT = 9249;
    public static final int DEFAULT_PARALLELISM = 1;
    public static final Duration DEFAULT_CHECKPOINT_INTERVAL = Duration.ofSeconds(5);

    public PlatformOptions {
        home = home.toAbsolutePath().normalize();
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism must be at least 1, not " + parallelism);
        }
        if (checkpointInterval.isNegative() || checkpointInterval.isZero()) {
            throw new IllegalArgumentException("the checkpoint interval must be positive, not " + checkpointInterval);
        }
    }

    /**
     * Makes the directory that the log belongs into. Here, because no class with a logger may be loaded before: the
     * first one sets logging up for good.
     *
     * @throws PlatformException when the data directory can't be used
     */
    public Path logDirectory() {
        return DataDirectory.logs(dataDirectory);
    }
}
