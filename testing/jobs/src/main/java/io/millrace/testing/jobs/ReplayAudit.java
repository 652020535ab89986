package io.millrace.testing.jobs;

import io.millrace.logic.decision.Decider;
import io.millrace.logic.decision.Replay;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a job has to say by its log: the records of its input, decided one after the other in plain Java, without Flink,
 * crashes or a clock. A job whose topics hold anything else has lost, doubled or reordered something. It says nothing of
 * whether the rules are right.
 *
 * @param <S> the state of a key
 * @param <I> what comes
 * @param <C> what is to be carried out
 */
public final class ReplayAudit<S, I, C> {
    private final EventReader<I> reader;
    private final Function<I, String> key;
    private final Replay<S, I, C> replay;
    private final List<C> commands = new ArrayList<>();

    /** @param key that of an event, as the job has it */
    public ReplayAudit(EventReader<I> reader, Function<I, String> key, Decider<S, I, C> decider) {
        this.reader = reader;
        this.key = key;
        this.replay = new Replay<>(decider, (command, time) -> commands.add(command));
    }

    /** Decides about all records of an input, each key's in the order of their partition. */
    public ReplayAudit<S, I, C> read(List<ConsumerRecord<byte[], byte[]>> records) {
        records.stream()
                .sorted(Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
                        .thenComparingLong(ConsumerRecord::offset))
                .forEach(this::decide);
        return this;
    }

    private void decide(ConsumerRecord<byte[], byte[]> record) {
        I event;
        try {
            event = reader.read(source(record));
        } catch (RejectedEventException e) {
            // A dead letter.
            return;
        }
        replay.decide(key.apply(event), event, record.timestamp());
    }

    /** Wakes every key up to a time, milliseconds since the epoch. */
    public ReplayAudit<S, I, C> until(long time) {
        replay.until(time);
        return this;
    }

    /** What was to be carried out so far. */
    public List<C> commands() {
        return List.copyOf(commands);
    }

    /** A record as a source hands it to the job. */
    public static SourceRecord source(ConsumerRecord<byte[], byte[]> record) {
        return new SourceRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                StreamSupport.stream(record.headers().spliterator(), false)
                        .map(header -> new RecordHeader(header.key(), header.value()))
                        .toList());
    }
}
