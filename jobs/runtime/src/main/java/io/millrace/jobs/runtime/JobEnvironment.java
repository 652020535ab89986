package io.millrace.jobs.runtime;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Makes the environment in which every job is built, with what every job must have. */
public final class JobEnvironment {
    /** Divides well, and can't be changed later without losing state. */
    public static final int MAX_PARALLELISM = 720;

    private JobEnvironment() {}

    /**
     * The environment of the cluster the job is submitted to. Parallelism, checkpointing, state backend and restarts
     * are that cluster's configuration.
     *
     * @throws IllegalStateException when the cluster takes no checkpoints: then nothing is delivered in exactly-once
     *     mode, and everything is read again after a failure
     */
    public static StreamExecutionEnvironment create() {
        return prepare(StreamExecutionEnvironment.getExecutionEnvironment());
    }

    /** Gives an environment what every job must have. */
    public static StreamExecutionEnvironment prepare(StreamExecutionEnvironment env) {
        ReadableConfig given = env.getConfiguration();
        if (given.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).isEmpty()) {
            throw new IllegalStateException("Set execution.checkpointing.interval in the configuration of the cluster;"
                    + " without checkpoints a failure reads everything again");
        }
        Configuration required = new Configuration();
        required.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        required.set(PipelineOptions.GENERIC_TYPES, false);
        required.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
        required.set(PipelineOptions.OBJECT_REUSE, true);
        if (given.getOptional(ExecutionOptions.BUFFER_TIMEOUT).isEmpty()) {
            // Flink's 100 ms would be most of the time from an event to its update.
            required.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(1));
        }
        // Keys of jobs are mostly new ones: without filters each costs a search of every file.
        if (given.getOptional(RocksDBConfigurableOptions.USE_BLOOM_FILTER).isEmpty()) {
            required.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
        }
        // A checkpoint writes out what is in memory while records wait: not compressed, and the slots beside one
        // another (RocksDB gives a quarter of its background threads to that). What lies longer is compressed.
        if (given.getOptional(RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL).isEmpty()) {
            required.setString(
                    RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL.key(),
                    "NO_COMPRESSION;NO_COMPRESSION;SNAPPY_COMPRESSION");
        }
        if (given.getOptional(RocksDBConfigurableOptions.MAX_BACKGROUND_THREADS).isEmpty()) {
            required.set(RocksDBConfigurableOptions.MAX_BACKGROUND_THREADS, 8);
        }
        env.configure(required);
        return env;
    }
}
