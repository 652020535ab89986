package io.millrace.local.topic;

import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What a job follows of a topic of definitions: all but what it made dead letters of. */
public final class AcceptedRecords {

    private AcceptedRecords() {}

    private record Position(int partition, long offset) {}

    /**
     * Gives each record to {@code reader}, those of a partition in their order.
     *
     * @param limit of the whole
     * @throws TopicException when there is no such topic, or Kafka does not return its records within the limit
     */
    public static void read(KafkaConnection kafka, String topic, Duration limit, Consumer<SourceRecord> reader) {
        String letters = topic + Topics.DEAD_LETTER_SUFFIX;
        Set<Position> refused = new HashSet<>();
        TopicScan.read(kafka, List.of(letters, topic), limit, record -> {
            if (record.topic().equals(letters)) {
                Rejection.of(record)
                        .filter(rejection -> rejection.topic().equals(topic))
                        .ifPresent(rejection -> refused.add(new Position(rejection.partition(), rejection.offset())));
            } else if (!refused.contains(new Position(record.partition(), record.offset()))) {
                reader.accept(SourceRecords.of(record));
            }
        });
    }
}
