package io.millrace.contestants;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.task.Outcome;
import io.millrace.logic.task.Series;
import io.millrace.logic.task.SeriesKey;
import io.millrace.logic.task.TaskCommand;
import io.millrace.logic.task.TaskDecider;
import io.millrace.logic.task.TaskSettings;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.wire.DeadLetters;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Reads, decides and writes; remembers series in one store and their next wake-ups, ordered by time, in another. */
final class StreamsProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    /** Kafka Streams looks for due wake-ups that often; a store is searched each time. */
    private static final Duration TICK = Duration.ofMillis(100);

    private static final byte[] NOTHING = new byte[0];

    private final TaskRecords records;
    private final long horizonMillis;
    private final TaskDecider decider = new TaskDecider(TaskSettings.DEFAULTS);
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<String, Series> series;
    private KeyValueStore<byte[], byte[]> wakes;
    private long storedBefore;

    /** @param horizonMillis which wake-ups are stored: those within this time of the start */
    StreamsProcessor(Assignment assignment, long horizonMillis) {
        records = new TaskRecords(assignment);
        this.horizonMillis = horizonMillis;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        series = context.getStateStore(StreamsTopology.SERIES);
        wakes = context.getStateStore(StreamsTopology.WAKES);
        storedBefore = context.currentSystemTimeMs() + horizonMillis;
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::wake);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata position = context.recordMetadata().orElseThrow();
        SourceRecord source = TaskRecords.source(
                position.topic(),
                position.partition(),
                position.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers());
        IncomingTask incoming;
        try {
            incoming = new IncomingTask(TaskEventReader.read(source), source);
        } catch (RejectedEventException e) {
            forward(records.of(DeadLetters.of(source, e.code(), e.getMessage())));
            return;
        }
        SeriesKey key = SeriesKey.of(incoming.event());
        String encoded = key.encoded();
        Series before = series.get(encoded);
        carryOut(encoded, before, decider.decide(key, before, incoming, id -> null));
    }

    private void wake(long now) {
        List<WakeKey> due = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> entries = wakes.range(WakeKey.start(0), WakeKey.start(now + 1))) {
            while (entries.hasNext()) {
                KeyValue<byte[], byte[]> entry = entries.next();
                due.add(WakeKey.decode(entry.key));
            }
        }
        for (WakeKey wake : due) {
            Series before = series.get(wake.series());
            carryOut(wake.series(), before, decider.wake(SeriesKey.decode(wake.series()), before, wake.time()));
        }
    }

    private void carryOut(String key, Series before, Decision<Series, Outcome, TaskCommand> decision) {
        Series after = decision.state();
        if (after != before) {
            series.put(key, after);
            long wakeBefore = before == null ? Long.MAX_VALUE : before.nextWake(TaskSettings.DEFAULTS);
            long wakeAfter = after == null ? Long.MAX_VALUE : after.nextWake(TaskSettings.DEFAULTS);
            if (wakeBefore != wakeAfter) {
                if (wakeBefore < storedBefore) {
                    wakes.delete(new WakeKey(wakeBefore, key).encode());
                }
                if (wakeAfter < storedBefore) {
                    wakes.put(new WakeKey(wakeAfter, key).encode(), NOTHING);
                }
            }
        }
        long now = context.currentSystemTimeMs();
        for (TaskCommand command : decision.commands()) {
            forward(records.of(command, now));
        }
    }

    private void forward(ProducerRecord<byte[], byte[]> record) {
        context.forward(
                new Record<>(record.key(), record.value(), context.currentSystemTimeMs(), record.headers()),
                record.topic());
    }
}
