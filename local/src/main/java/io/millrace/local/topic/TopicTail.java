package io.millrace.local.topic;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Prints the records of a topic as they come. */
public final class TopicTail {

    private static final Duration POLL = Duration.ofMillis(200);

    /**
     * What to print.
     *
     * @param fromBeginning also records that are there already
     * @param max how many at most; {@link Long#MAX_VALUE} for no limit
     * @param timeout how long at most in all; null for no limit
     */
    public record Options(boolean fromBeginning, long max, boolean keys, boolean headers, Duration timeout) {}

    private TopicTail() {}

    /**
     * Prints until a limit is reached or nobody reads {@code out} any more.
     *
     * @return how many records were printed
     */
    public static long print(KafkaConnection kafka, String topic, Options options, PrintStream out) {
        long deadline = options.timeout() == null
                ? Long.MAX_VALUE
                : System.nanoTime() + options.timeout().toNanos();
        KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(null);
        try {
            List<TopicPartition> partitions = kafka.partitions(topic, consumer);
            consumer.assign(partitions);
            if (options.fromBeginning()) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
                // Seeking is lazy: without this, records that come before the first poll are passed over.
                kafka.patiently(
                        () -> partitions.stream().mapToLong(consumer::position).sum());
            }
            long printed = 0;
            while (printed < options.max() && System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (printed == options.max()) {
                        break;
                    }
                    out.println(line(record, options));
                    out.flush();
                    printed++;
                }
                if (out.checkError()) {
                    return printed;
                }
            }
            return printed;
        } finally {
            KafkaConnection.close(consumer);
        }
    }

    private static String line(ConsumerRecord<byte[], byte[]> record, Options options) {
        return options.keys() || options.headers()
                ? RecordJson.envelope(record, options.keys(), options.headers())
                : RecordJson.value(record.value());
    }
}
