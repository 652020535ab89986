package io.millrace.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class KeyPartitionsTest {
    private static final int KEYS = 1_000;
    private static final long START = 1_800_000_000_000L;
    private static final long KNOWN = START + KeyPartitions.KNOWN_AFTER_MILLIS;

    private final Counter counter = new SimpleCounter();
    private final KeyPartitions keys = new KeyPartitions(counter);

    /** Where a producer puts a key. */
    private interface Partitioner {
        int partition(byte[] key, int partitions);
    }

    private static int murmur2(byte[] key, int partitions) {
        return BuiltInPartitioner.partitionForKey(key, partitions);
    }

    /** librdkafka's default, {@code consistent_random}. */
    private static int crc32(byte[] key, int partitions) {
        CRC32 sum = new CRC32();
        sum.update(key);
        return (int) (sum.getValue() % partitions);
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] key, int partition, long logTime) {
        return new ConsumerRecord<>(
                "task-events",
                partition,
                7,
                logTime,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key,
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }

    private void read(Partitioner partitioner, int partitions, long logTime) {
        for (int i = 0; i < KEYS; i++) {
            byte[] key = ("u-" + i).getBytes(UTF_8);
            keys.read(record(key, partitioner.partition(key, partitions), logTime));
        }
    }

    @Test
    void kafkasOwnProducersAreRight() {
        keys.partitions(8, START);

        read(KeyPartitionsTest::murmur2, 8, KNOWN);

        assertThat(counter.getCount()).isZero();
    }

    @Test
    void theDefaultOfLibrdkafkaIsNoticed() {
        keys.partitions(8, START);

        read(KeyPartitionsTest::crc32, 8, KNOWN);

        assertThat(counter.getCount()).isGreaterThan(KEYS / 2);
    }

    @Test
    void whatWasWrittenWhenThereWereFewerPartitionsIsRight() {
        keys.partitions(4, START);
        read(KeyPartitionsTest::murmur2, 4, KNOWN);

        long added = KNOWN + 1;
        keys.partitions(8, added);
        read(KeyPartitionsTest::murmur2, 4, added - 1);
        read(KeyPartitionsTest::murmur2, 4, added + KeyPartitions.KNOWN_AFTER_MILLIS - 1);
        read(KeyPartitionsTest::murmur2, 8, added + KeyPartitions.KNOWN_AFTER_MILLIS);

        assertThat(counter.getCount()).isZero();
    }

    @Test
    void aRecordWithoutAKeyMayBeAnywhere() {
        keys.partitions(8, START);

        keys.read(record(null, 3, KNOWN));

        assertThat(counter.getCount()).isZero();
    }

    @Test
    void beforeItIsKnownHowManyPartitionsThereAreNothingIsJudged() {
        read(KeyPartitionsTest::crc32, 8, KNOWN);

        assertThat(counter.getCount()).isZero();
    }
}
