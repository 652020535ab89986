package io.millrace.local.topic;

import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Publishes lines to a topic, all or nothing: each is checked first, and one that is wrong keeps all back. */
public final class TopicPublisher {

    private final KafkaConnection kafka;
    private final String topic;
    private final LineReader reader;

    /**
     * What came of it.
     *
     * @param invalid lines a job would refuse
     * @param published records the broker acknowledged
     */
    public record Result(long valid, long invalid, long published) {}

    public TopicPublisher(KafkaConnection kafka, String topic, String keyField) {
        this.kafka = kafka;
        this.topic = topic;
        this.reader = new LineReader(topic, keyField);
    }

    /**
     * @param validOnly publish the valid lines even if others are not
     * @param problems told {@code NAME:LINE: message (code)} for every invalid line
     * @throws TopicException when there is no such topic, or the broker refuses a record
     */
    public Result publish(LineSource lines, boolean validOnly, Consumer<String> problems) throws IOException {
        long[] valid = {0};
        long[] invalid = {0};
        lines.forEach((number, line) -> {
            try {
                reader.keyOf(line);
                valid[0]++;
            } catch (RejectedEventException e) {
                invalid[0]++;
                problems.accept(lines.name() + ":" + number + ": " + e.getMessage() + " ("
                        + e.code().wireName() + ")");
            }
        });
        if (valid[0] == 0 || invalid[0] > 0 && !validOnly) {
            return new Result(valid[0], invalid[0], 0);
        }
        kafka.partitions(topic);
        return new Result(valid[0], invalid[0], send(lines));
    }

    private long send(LineSource lines) throws IOException {
        AtomicReference<Exception> failure = new AtomicReference<>();
        long[] sent = {0};
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
            lines.forEach((number, line) -> {
                throwIfFailed(failure);
                byte[] key;
                try {
                    key = reader.keyOf(line);
                } catch (RejectedEventException e) {
                    return;
                }
                producer.send(new ProducerRecord<>(topic, key, line), (metadata, e) -> {
                    if (e != null) {
                        failure.compareAndSet(null, e);
                    }
                });
                sent[0]++;
            });
            producer.flush();
        }
        throwIfFailed(failure);
        return sent[0];
    }

    /** Publishes one record, and returns where it is when the broker has acknowledged it. */
    public static RecordMetadata send(KafkaConnection kafka, ProducerRecord<byte[], byte[]> record) {
        kafka.partitions(record.topic());
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
            return producer.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException("interrupted while publishing to " + record.topic(), e);
        } catch (ExecutionException e) {
            throw new TopicException(
                    "Kafka refused a record for " + record.topic() + ": "
                            + e.getCause().getMessage(),
                    e.getCause());
        }
    }

    private void throwIfFailed(AtomicReference<Exception> failure) {
        if (failure.get() != null) {
            throw new TopicException(
                    "Kafka refused a record for " + topic + ": " + failure.get().getMessage(), failure.get());
        }
    }
}
