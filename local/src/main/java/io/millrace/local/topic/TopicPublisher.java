package io.millrace.local.topic;

import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
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
     * @param published records the broker acknowledged; fewer than the valid ones when none were to be, or it was told
     *     to stop
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
     * @param goesOn asked before each record that is sent; when it is false no more are
     * @throws TopicException when there is no such topic, or the broker refuses a record
     */
    public Result publish(LineSource lines, boolean validOnly, Consumer<String> problems, BooleanSupplier goesOn)
            throws IOException {
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
            return true;
        });
        if (valid[0] == 0 || invalid[0] > 0 && !validOnly) {
            return new Result(valid[0], invalid[0], 0);
        }
        kafka.partitions(topic);
        return new Result(valid[0], invalid[0], send(lines, goesOn));
    }

    /** As {@link #publish(LineSource, boolean, Consumer, BooleanSupplier)}, to the end. */
    public Result publish(LineSource lines, boolean validOnly, Consumer<String> problems) throws IOException {
        return publish(lines, validOnly, problems, () -> true);
    }

    private long send(LineSource lines, BooleanSupplier goesOn) throws IOException {
        AtomicReference<Exception> failure = new AtomicReference<>();
        long[] sent = {0};
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
            lines.forEach((number, line) -> {
                throwIfFailed(failure);
                if (!goesOn.getAsBoolean()) {
                    return false;
                }
                byte[] key;
                try {
                    key = reader.keyOf(line);
                } catch (RejectedEventException e) {
                    return true;
                }
                producer.send(new ProducerRecord<>(topic, key, line), (metadata, e) -> {
                    if (e != null) {
                        failure.compareAndSet(null, e);
                    }
                });
                sent[0]++;
                return true;
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
            return send(producer, record);
        }
    }

    /** As {@link #send(KafkaConnection, ProducerRecord)}, with a producer that is there, to a topic that is. */
    public static RecordMetadata send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        try {
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
