package io.millrace.contestants;

import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * The tasks as a Kafka Streams application: state in its RocksDB stores with caches before and changelogs behind them,
 * at-least-once. The README of this module says what is tuned, and why.
 */
public final class StreamsContestant implements Contestant {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(60);
    private static final long CACHE_BYTES_PER_SLOT = 64L << 20;

    /** All wake-ups there can be: dates end with the year 2200. */
    static final Duration ALL_WAKES = Duration.ofDays(365 * 300);

    private final Duration horizon;

    /** @param horizon which wake-ups are stored: those within this time of the start */
    StreamsContestant(Duration horizon) {
        this.horizon = horizon;
    }

    /**
     * @param arguments Kafka's address, the number of threads, and the horizon in minutes when not all wake-ups are
     *     stored
     */
    public static void main(String[] arguments) {
        int threads = Integer.parseInt(arguments[1]);
        BoundedRocksDb.limit(ClientSettings.STATE_BYTES_PER_SLOT * threads);
        Duration horizon = arguments.length > 2 ? Duration.ofMinutes(Long.parseLong(arguments[2])) : ALL_WAKES;
        ContestantProcess.run(new StreamsContestant(horizon), arguments[0], threads);
    }

    @Override
    public AutoCloseable start(Assignment assignment, Consumer<Throwable> onFailure) {
        KafkaStreams streams =
                new KafkaStreams(StreamsTopology.of(assignment, horizon.toMillis()), settings(assignment));
        streams.setUncaughtExceptionHandler(failure -> {
            onFailure.accept(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.start();
        return () -> {
            if (!streams.close(CLOSE_LIMIT)) {
                throw new IllegalStateException("Kafka Streams did not close within " + CLOSE_LIMIT);
            }
        };
    }

    static Properties settings(Assignment assignment) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, assignment.output());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.bootstrapServers());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, assignment.directory().toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, assignment.slots());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, ClientSettings.COMMIT_INTERVAL.toMillis());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES_PER_SLOT * assignment.slots());
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        settings.put(StreamsConfig.consumerPrefix("isolation.level"), "read_committed");
        settings.put(StreamsConfig.producerPrefix("acks"), "all");
        settings.put(StreamsConfig.producerPrefix("linger.ms"), ClientSettings.LINGER_MILLIS);
        settings.put(StreamsConfig.producerPrefix("batch.size"), ClientSettings.BATCH_BYTES);
        return settings;
    }
}
