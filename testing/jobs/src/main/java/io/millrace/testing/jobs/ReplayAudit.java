package io.millrace.testing.jobs;

import io.millrace.logic.decision.Decider;
import io.millrace.logic.decision.Decision;
import io.millrace.logic.decision.Wakes;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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
    private final Decider<S, I, C> decider;
    private final SortedMap<String, S> states = new TreeMap<>();
    private final List<C> commands = new ArrayList<>();

    /** @param key that of an event, as the job has it */
    public ReplayAudit(EventReader<I> reader, Function<I, String> key, Decider<S, I, C> decider) {
        this.reader = reader;
        this.key = key;
        this.decider = decider;
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
        String of = key.apply(event);
        S woken = Wakes.until(decider, of, states.get(of), record.timestamp(), commands::addAll);
        Decision<S, ?, C> decision = decider.decide(of, woken, event, record.timestamp());
        commands.addAll(decision.commands());
        remember(of, decision.state());
    }

    private void remember(String of, S state) {
        if (state == null) {
            states.remove(of);
        } else {
            states.put(of, state);
        }
    }

    /** Wakes every key up to a time, milliseconds since the epoch. */
    public ReplayAudit<S, I, C> until(long time) {
        for (Map.Entry<String, S> state : List.copyOf(states.entrySet())) {
            remember(state.getKey(), Wakes.until(decider, state.getKey(), state.getValue(), time, commands::addAll));
        }
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
