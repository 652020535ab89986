package io.millrace.gateway.log;

import io.millrace.schema.wire.AddressedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Writes to the log. What it says is written, is: it waits for the brokers. */
public final class EventLog implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(12);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /** Kafka does not take a record, and will not take it another time either. What it said is the cause, and not for callers. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(Throwable cause) {
            super("Kafka does not take the event", cause);
        }
    }

    private final Producer<byte[], byte[]> producer;
    private final AtomicLong written = new AtomicLong();

    public EventLog(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Writes a record.
     *
     * @throws LogUnavailableException when the brokers did not say that it is written; it may be, all the same
     * @throws RefusedException when they would not take it another time either
     */
    public LogPosition append(AddressedRecord record) {
        return append(List.of(record)).get(0);
    }

    /** Writes several, in order. When one is not taken, those before it may be in the log. */
    public List<LogPosition> append(List<AddressedRecord> records) {
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (AddressedRecord record : records) {
                Future<RecordMetadata> one = producer.send(toKafka(record));
                if (one.isDone()) {
                    // It waited for a topic that is not known, and failed: so would each that follows.
                    one.get();
                }
                sent.add(one);
            }
            List<LogPosition> positions = new ArrayList<>();
            long deadline = System.nanoTime() + LIMIT.toNanos();
            for (Future<RecordMetadata> one : sent) {
                RecordMetadata at = one.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                positions.add(new LogPosition(at.topic(), at.partition(), at.offset()));
                written.incrementAndGet();
            }
            return positions;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException("interrupted", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (KafkaException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            throw new LogUnavailableException("Kafka does not answer", e);
        }
    }

    private static RuntimeException failure(Throwable cause) {
        // A topic that there is not the producer waits for, and then it says that time is over.
        boolean mayBeTaken = cause instanceof RetriableException
                && !(cause instanceof UnknownTopicOrPartitionException)
                && !(cause.getCause() instanceof UnknownTopicOrPartitionException);
        return mayBeTaken ? new LogUnavailableException("Kafka does not answer", cause) : new RefusedException(cause);
    }

    private static ProducerRecord<byte[], byte[]> toKafka(AddressedRecord record) {
        List<Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new RecordHeader(header.key(), header.value())));
        return new ProducerRecord<>(record.topic(), null, record.key(), record.value(), headers);
    }

    /** Records that the brokers acknowledged. */
    public long written() {
        return written.get();
    }

    @Override
    public void close() {
        producer.close(CLOSE_LIMIT);
    }
}
