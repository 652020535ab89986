package io.millrace.chaos;

import io.millrace.chaos.workload.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A client that publishes, and waits for the broker as long as it takes. Its clock may be wrong, which is on what it
 * publishes, not on when.
 */
final class Load implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 180_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile long clockIsOffBy;

    Load(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "max.block.ms",
                        PATIENCE_MILLIS,
                        "delivery.timeout.ms",
                        PATIENCE_MILLIS,
                        "request.timeout.ms",
                        5_000,
                        "reconnect.backoff.max.ms",
                        500),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** From now on the client takes the time to be so much later; milliseconds. */
    void setClockOffBy(long millis) {
        clockIsOffBy = millis;
    }

    /**
     * Publishes all of it, each at its time or, when that has passed, at once; returns when the broker has it.
     *
     * @throws IllegalStateException when the broker did not take a record within three minutes
     */
    void play(List<Publication> plan, Instant start) throws InterruptedException {
        for (Publication each : plan) {
            long wait =
                    Duration.between(Instant.now(), start.plusMillis(each.at())).toMillis();
            TimeUnit.MILLISECONDS.sleep(Math.max(0, wait));
            Instant now = Instant.now().plusMillis(clockIsOffBy);
            producer.send(
                    new ProducerRecord<>(
                            each.topic(),
                            null,
                            now.toEpochMilli(),
                            each.event().key(),
                            each.event().value(start, now)),
                    (sent, e) -> failure.compareAndSet(null, e));
        }
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("the broker did not take what was published", failure.get());
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
