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
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Writes to the log. What it says is written, is: it waits for the brokers. */
public final class EventLog implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(12);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final AtomicLong written = new AtomicLong();

    public EventLog(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Writes a record.
     *
     * @throws LogUnavailableException when the brokers did not say that it is written; it may be, all the same
     */
    public LogPosition append(AddressedRecord record) {
        return append(List.of(record)).get(0);
    }

    /** Writes several, in order. */
    List<LogPosition> append(List<AddressedRecord> records) {
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (AddressedRecord record : records) {
                sent.add(producer.send(toKafka(record)));
            }
            List<LogPosition> positions = new ArrayList<>();
            for (Future<RecordMetadata> one : sent) {
                RecordMetadata at = one.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                positions.add(new LogPosition(at.topic(), at.partition(), at.offset()));
                written.incrementAndGet();
            }
            return positions;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException("interrupted", e);
        } catch (ExecutionException e) {
            throw new LogUnavailableException(
                    "Kafka refused the event: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw new LogUnavailableException("Kafka does not answer", e);
        }
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
