package io.millrace.gateway.log;

import io.millrace.gateway.model.Batch;
import io.millrace.gateway.model.LogPartition;
import io.millrace.schema.wire.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;

/** What a consumer has, as the model takes it. */
final class BatchReader {
    private static final Duration POLL = Duration.ofMillis(50);
    /** People's things lie apart in the model: the more of them at once, the fewer of its pages are written again. */
    private static final int MANY = 20_000;

    private static final long MANY_BYTES = 24 << 20;

    private final List<SourceRecord> records = new ArrayList<>();
    private final Map<LogPartition, Long> next = new HashMap<>();
    private long bytes;

    private BatchReader() {}

    /**
     * What comes next, at once.
     *
     * @throws OffsetOutOfRangeException when it is not there any more
     */
    static Batch next(Consumer<byte[], byte[]> consumer) {
        BatchReader reader = new BatchReader();
        reader.poll(consumer);
        return reader.batch();
    }

    /**
     * As much as goes well into a transaction, or all that there is.
     *
     * @throws OffsetOutOfRangeException when it is not there any more
     */
    static Batch many(Consumer<byte[], byte[]> consumer) {
        BatchReader reader = new BatchReader();
        boolean more = reader.poll(consumer);
        while (more && reader.records.size() < MANY && reader.bytes < MANY_BYTES) {
            try {
                more = reader.poll(consumer);
            } catch (OffsetOutOfRangeException e) {
                // The next one says so again: nothing of what was read before may be lost by it.
                return reader.batch();
            }
        }
        return reader.batch();
    }

    private boolean poll(Consumer<byte[], byte[]> consumer) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        polled.forEach(record -> {
            records.add(SourceRecords.of(record));
            bytes += record.serializedKeySize() + record.serializedValueSize();
        });
        polled.nextOffsets()
                .forEach((partition, offset) ->
                        next.put(new LogPartition(partition.topic(), partition.partition()), offset.offset()));
        return !polled.isEmpty();
    }

    private Batch batch() {
        return new Batch(records, next);
    }
}
