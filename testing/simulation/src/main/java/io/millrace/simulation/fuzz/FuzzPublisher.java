package io.millrace.simulation.fuzz;

import io.millrace.logic.task.SeriesKey;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.fuzz.EventFuzzer;
import io.millrace.testing.fuzz.FuzzInput;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes inputs at a steady rate. Events of one series go to one partition, whatever their keys: their order is
 * known.
 */
final class FuzzPublisher implements AutoCloseable {
    private static final int USERS = 200;
    private static final int TASKS = 200;
    private static final int PROGRESS = 100_000;

    private final EventFuzzer fuzzer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<BitSet> published = new ArrayList<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    FuzzPublisher(String bootstrapServers, long seed) {
        fuzzer = new EventFuzzer(seed, USERS, TASKS);
        for (int i = 0; i < JobFuzz.PARTITIONS; i++) {
            published.add(new BitSet());
        }
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        1,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        256 << 10,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        16 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Returns when all is in the log. */
    void publish(long count, double perSecond, PrintStream out) throws Exception {
        long start = System.nanoTime();
        for (long i = 0; i < count; i++) {
            LockSupport.parkNanos(start + (long) (i * 1e9 / perSecond) - System.nanoTime());
            send(fuzzer.next(), i);
            if ((i + 1) % PROGRESS == 0) {
                out.printf(Locale.ROOT, "%,d inputs published%n", i + 1);
            }
        }
        producer.flush();
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private void send(FuzzInput input, long number) {
        List<Header> headers = new ArrayList<>();
        for (RecordHeader header : input.headers()) {
            headers.add(new org.apache.kafka.common.header.internals.RecordHeader(header.key(), header.value()));
        }
        int partition = partition(input, number);
        producer.send(
                new ProducerRecord<>(Topics.TASK_EVENTS, partition, input.key(), input.value(), headers),
                (position, problem) -> {
                    if (problem != null) {
                        failure.set(problem);
                        return;
                    }
                    synchronized (published) {
                        published.get(position.partition()).set(Math.toIntExact(position.offset()));
                    }
                });
    }

    private static int partition(FuzzInput input, long number) {
        try {
            SourceRecord record =
                    new SourceRecord(Topics.TASK_EVENTS, 0, number, 0, input.key(), input.value(), input.headers());
            return Math.floorMod(SeriesKey.encoded(TaskEventReader.read(record)).hashCode(), JobFuzz.PARTITIONS);
        } catch (RejectedEventException e) {
            return (int) (number % JobFuzz.PARTITIONS);
        }
    }

    /** Whether that record is one of these inputs; what the job announces is on the same topic. */
    boolean isOurs(int partition, long offset) {
        synchronized (published) {
            return published.get(partition).get(Math.toIntExact(offset));
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
