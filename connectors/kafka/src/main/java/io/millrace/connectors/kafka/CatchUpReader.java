package io.millrace.connectors.kafka;

import io.millrace.schema.wire.SourceRecord;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads as the Kafka reader does, and says by watermarks up to which log time it has read; see {@link CatchUp}. It is
 * idle, in the sense of watermarks, when the broker does not say for long where the log ends.
 */
final class CatchUpReader implements SourceReader<SourceRecord, KafkaPartitionSplit> {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUpReader.class);
    private static final long LOOK_EVERY_MILLIS = 50;
    private static final int LOOK_EVERY_RECORDS = 16;

    private final SourceReader<SourceRecord, KafkaPartitionSplit> kafka;
    private final LogEnds logEnds;
    private final CatchUp catchUp;
    private final SourceMetrics metrics;
    private final KeyPartitions keys;

    private boolean asked;
    private int records;
    private long lookedAt;
    private long announced = Long.MIN_VALUE;
    private boolean idle;

    CatchUpReader(
            SourceReader<SourceRecord, KafkaPartitionSplit> kafka,
            SourceRecordDeserializer deserializer,
            LogEnds logEnds,
            CatchUp catchUp,
            SourceMetrics metrics) {
        this.kafka = kafka;
        this.logEnds = logEnds;
        this.catchUp = catchUp;
        this.metrics = metrics;
        this.keys = new KeyPartitions(metrics.misplacedKeys);
        deserializer.track(catchUp, new RecordTimes(metrics.recordsFromTheFuture, System::currentTimeMillis), keys);
    }

    @Override
    public void start() {
        // Flink adds the partitions of a savepoint before it starts the reader.
        if (!asked) {
            ask(List.of(), false);
        }
        kafka.start();
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        splits.forEach(split -> catchUp.assigned(split.getTopicPartition()));
        ask(splits, true);
        kafka.addSplits(splits);
    }

    private void ask(List<KafkaPartitionSplit> splits, boolean ofRecords) {
        asked = true;
        catchUp.asked(System.currentTimeMillis());
        logEnds.ask(splits, ofRecords);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<SourceRecord> output) throws Exception {
        InputStatus status = kafka.pollNext(output);
        boolean quiet = status == InputStatus.NOTHING_AVAILABLE;
        // The clock is not asked with each record.
        if (quiet || ++records >= LOOK_EVERY_RECORDS) {
            records = 0;
            long now = System.currentTimeMillis();
            // A watermark goes to every task there is.
            if (Math.abs(now - lookedAt) >= LOOK_EVERY_MILLIS) {
                lookedAt = now;
                look(output, now, quiet);
            }
        }
        return status;
    }

    private void look(ReaderOutput<SourceRecord> output, long now, boolean quiet) {
        catchUp.waits(now);
        logEnds.takeAnswer().ifPresent(answer -> take(answer, now));
        catchUp.question(now, quiet).ifPresent(question -> logEnds.ask(splits(question), question.ofRecords()));
        long readUpTo = catchUp.readUpTo();
        if (readUpTo == Long.MAX_VALUE) {
            if (!idle) {
                idle = true;
                LOG.warn(
                        "No answer where the log ends, or no records that should be there: timers go by the wall clock alone");
                output.markIdle();
            }
        } else if (readUpTo > announced) {
            announced = readUpTo;
            idle = false;
            output.emitWatermark(new Watermark(readUpTo));
        }
    }

    private void take(LogEnds.Answer answer, long now) {
        catchUp.answered(answer);
        keys.partitions(answer.partitions(), now);
        for (Loss loss : answer.losses()) {
            metrics.recordsLost.inc(loss.records());
            LOG.error(loss.message());
        }
    }

    private static List<KafkaPartitionSplit> splits(CatchUp.Question question) {
        return question.positions().entrySet().stream()
                .map(position -> new KafkaPartitionSplit(position.getKey(), position.getValue()))
                .toList();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        CompletableFuture<Void> records = kafka.isAvailable();
        if (records.isDone()) {
            return records;
        }
        // How far the log was read is also a matter of time passing without a record.
        CompletableFuture<Void> look = new CompletableFuture<>();
        look.completeOnTimeout(null, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return CompletableFuture.anyOf(records, look).thenRun(() -> {});
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
        return kafka.snapshotState(checkpointId);
    }

    @Override
    public void notifyNoMoreSplits() {
        kafka.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof GivenPartitions partitions) {
            catchUp.given(partitions.count());
        } else {
            kafka.handleSourceEvents(event);
        }
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        kafka.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        kafka.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> splitsToPause, Collection<String> splitsToResume) {
        kafka.pauseOrResumeSplits(splitsToPause, splitsToResume);
    }

    @Override
    public void close() throws Exception {
        logEnds.close();
        kafka.close();
    }
}
