package io.millrace.connectors.kafka;

import java.time.Duration;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts records whose key Kafka's own producers would have put into another partition, by murmur2: where some
 * producers of a topic choose otherwise, records of one key come from two partitions, in any order. For one thread.
 */
final class KeyPartitions {
    private static final Logger LOG = LoggerFactory.getLogger(KeyPartitions.class);

    /**
     * For how long producers may not know how many partitions there are: their {@code metadata.max.age.ms} by default.
     * What was written earlier was put where it belonged then.
     */
    static final long KNOWN_AFTER_MILLIS = Duration.ofMinutes(5).toMillis();

    private final Counter misplaced;
    private int partitions;
    private long judgedFrom;
    private boolean said;

    KeyPartitions(Counter misplaced) {
        this.misplaced = misplaced;
    }

    /**
     * How many partitions the topic has.
     *
     * @param now milliseconds since the epoch
     */
    void partitions(int count, long now) {
        if (count != partitions) {
            partitions = count;
            judgedFrom = now + KNOWN_AFTER_MILLIS;
        }
    }

    void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || record.timestamp() < judgedFrom || record.partition() >= partitions) {
            return;
        }
        int expected = Utils.toPositive(Utils.murmur2(record.key())) % partitions;
        if (expected == record.partition()) {
            return;
        }
        misplaced.inc();
        if (!said) {
            said = true;
            LOG.warn(
                    "{}-{} has at offset {} a key that Kafka's own producers put into partition {}: records of one key that come "
                            + "from two partitions come in any order. A producer on librdkafka (kcat, Python, Go, .NET) needs "
                            + "partitioner=murmur2_random. Said once; the metric {} counts them.",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    expected,
                    SourceMetrics.MISPLACED_KEYS);
        }
    }
}
