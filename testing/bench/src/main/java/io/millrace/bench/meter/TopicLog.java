package io.millrace.bench.meter;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** One topic, by its ends and by its records. Not thread-safe. */
public final class TopicLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long LOOK_EVERY_MILLIS = 20;
    private static final int FETCH_BYTES = 4 << 20;

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    /** @param topic one that is there */
    public TopicLog(String bootstrapServers, String topic) {
        this.topic = topic;
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("max.partition.fetch.bytes", Integer.toString(FETCH_BYTES));
        properties.put("max.poll.records", "20000");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
    }

    /** Where the partitions end now, for {@link #read}. */
    public Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(partitions);
    }

    /** How many records were ever written to it. */
    public long size() {
        return ends().values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Waits until that many records were written to it.
     *
     * @throws TimeoutException when it takes longer than {@code limit}
     */
    public void await(long wanted, Duration limit) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (long size = size(); size < wanted; size = size()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        topic + " has " + size + " of " + wanted + " records after " + limit.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
    }

    /** Reads from those offsets to where the topic ends now. */
    public void read(Map<TopicPartition, Long> from, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        read(from, ends(), each);
    }

    /** Reads from those offsets up to these. */
    public void read(
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> ends,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        from.forEach(consumer::seek);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < ends.get(new TopicPartition(topic, record.partition()))) {
                    each.accept(record);
                }
            }
        }
    }

    /**
     * The log times of the first record of each name, from the beginning of the topic on.
     *
     * @param name of a record; null for one that does not matter
     * @throws TimeoutException when there are not that many within {@code limit}
     */
    public Map<String, Long> awaitTimes(
            int wanted, Duration limit, Function<ConsumerRecord<byte[], byte[]>, String> name)
            throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + limit.toNanos();
        Map<String, Long> times = new HashMap<>();
        Map<TopicPartition, Long> read = new HashMap<>(ends());
        read.replaceAll((partition, end) -> 0L);
        while (times.size() < wanted) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(times.size() + " of " + wanted + " came on " + topic + " within " + limit);
            }
            Map<TopicPartition, Long> ends = ends();
            read(read, ends, record -> {
                String of = name.apply(record);
                if (of != null) {
                    times.putIfAbsent(of, record.timestamp());
                }
            });
            read.putAll(ends);
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
        return times;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
