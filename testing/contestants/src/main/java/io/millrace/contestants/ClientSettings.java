package io.millrace.contestants;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What every contestant does alike, the tasks job included: the settings of its clients, and how often it commits. */
public final class ClientSettings {
    /** Between two checkpoints of Flink's, two commits of Kafka Streams', two flushes and commits of the loop. */
    public static final Duration COMMIT_INTERVAL = Duration.ofSeconds(5);

    /** Off the heap, for RocksDB's memtables and blocks, for each slot. */
    public static final long STATE_BYTES_PER_SLOT = 512L << 20;

    static final String LINGER_MILLIS = "5";
    static final String BATCH_BYTES = Integer.toString(64 << 10);

    private ClientSettings() {}

    static Properties consumer(Assignment assignment) {
        Properties properties = new Properties();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.bootstrapServers());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, assignment.output());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return properties;
    }

    static Properties producer(Assignment assignment) {
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.bootstrapServers());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        return properties;
    }
}
