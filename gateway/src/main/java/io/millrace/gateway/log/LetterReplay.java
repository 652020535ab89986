package io.millrace.gateway.log;

import io.millrace.gateway.model.LetterTopics;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.DeadLetters;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.WireHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts dead letters back to where they came from, byte for byte: key, value and headers, without what made them dead
 * letters. A letter goes back to the topic that its own topic is named after, and nowhere else, whatever it says itself.
 * {@code first_seen} stays, so that one that dies again keeps its age.
 */
public final class LetterReplay {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final KafkaClients kafka;
    private final EventLog log;

    public LetterReplay(KafkaClients kafka, EventLog log) {
        this.kafka = kafka;
        this.log = log;
    }

    /**
     * What became of a letter.
     *
     * @param to where it is now; null when it was not put back
     * @param problem why not; null when it was
     */
    public record Result(LogPosition letter, LogPosition to, String problem) {}

    /**
     * Puts letters back, in the order given.
     *
     * @throws LogUnavailableException when Kafka does not answer; letters before may be back
     */
    public List<Result> putBack(List<LogPosition> letters) {
        List<Result> results = new ArrayList<>();
        KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(1);
        try {
            for (LogPosition letter : letters) {
                SourceRecord record = read(consumer, letter);
                String problem = record == null ? "it is not there any more" : problemOf(record);
                results.add(new Result(letter, problem == null ? log.append(original(record)) : null, problem));
            }
        } catch (KafkaException e) {
            throw new LogUnavailableException("Kafka does not answer", e);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
        }
        return results;
    }

    private static SourceRecord read(KafkaConsumer<byte[], byte[]> consumer, LogPosition letter) {
        TopicPartition partition = new TopicPartition(letter.topic(), letter.partition());
        consumer.assign(List.of(partition));
        consumer.seek(partition, letter.offset());
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    return record.offset() == letter.offset() ? SourceRecords.of(record) : null;
                }
            } catch (OffsetOutOfRangeException e) {
                return null;
            }
        }
        throw new LogUnavailableException("Kafka does not return " + letter, null);
    }

    /** Null when it can be put back. */
    static String problemOf(SourceRecord letter) {
        String source = LetterTopics.sourceOf(letter.topic());
        if (source == null) {
            return "no job writes dead letters to " + letter.topic();
        }
        if (letter.header(WireHeaders.TRUNCATED_FROM) != null) {
            return "it is not whole";
        }
        return source.equals(letter.header(WireHeaders.SOURCE_TOPIC))
                ? null
                : "it does not say that it came from " + source;
    }

    static AddressedRecord original(SourceRecord letter) {
        return new AddressedRecord(
                LetterTopics.sourceOf(letter.topic()),
                letter.key(),
                letter.value(),
                DeadLetters.originalHeaders(letter.headers(), RecordHeader::key));
    }
}
