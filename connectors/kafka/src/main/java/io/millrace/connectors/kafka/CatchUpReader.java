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
 * Reads as the Kafka reader does, and until it has caught up with the log after a start, says by watermarks up to which
 * log time it has read. Then it is idle, in the sense of watermarks, for good.
 */
final class CatchUpReader implements SourceReader<SourceRecord, KafkaPartitionSplit> {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUpReader.class);
    private static final long LOOK_EVERY_MILLIS = 50;

    private final SourceReader<SourceRecord, KafkaPartitionSplit> kafka;
    private final SourceRecordDeserializer deserializer;
    private final LogEnds logEnds;

    /** Null once the reader has caught up. */
    private CatchUp catchUp;

    private boolean asked;
    private long lookedAt;
    private long announced = Long.MIN_VALUE;

    CatchUpReader(
            SourceReader<SourceRecord, KafkaPartitionSplit> kafka,
            SourceRecordDeserializer deserializer,
            LogEnds logEnds,
            CatchUp catchUp) {
        this.kafka = kafka;
        this.deserializer = deserializer;
        this.logEnds = logEnds;
        this.catchUp = catchUp;
        deserializer.track(catchUp);
    }

    @Override
    public void start() {
        // Flink adds the partitions of a savepoint before it starts the reader.
        if (!asked) {
            logEnds.ask(List.of());
        }
        kafka.start();
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        if (catchUp != null) {
            asked = true;
            splits.forEach(split -> catchUp.assigned(split.getTopicPartition()));
            logEnds.ask(splits);
        }
        kafka.addSplits(splits);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<SourceRecord> output) throws Exception {
        InputStatus status = kafka.pollNext(output);
        if (catchUp != null) {
            long now = System.currentTimeMillis();
            if (status == InputStatus.NOTHING_AVAILABLE) {
                catchUp.nothingToRead(now);
            }
            // Not with each record: a watermark goes to every task there is.
            if (Math.abs(now - lookedAt) >= LOOK_EVERY_MILLIS) {
                lookedAt = now;
                announce(output, now);
            }
        }
        return status;
    }

    private void announce(ReaderOutput<SourceRecord> output, long now) {
        logEnds.takeAnswer().ifPresent(answer -> catchUp.answered(answer, now));
        long readUpTo = catchUp.readUpTo(now);
        if (readUpTo == Long.MAX_VALUE && catchUp.isStale(now)) {
            logEnds.ask(catchUp.askAgain().entrySet().stream()
                    .map(position -> new KafkaPartitionSplit(position.getKey(), position.getValue()))
                    .toList());
        } else if (readUpTo == Long.MAX_VALUE) {
            LOG.info("Caught up with the log");
            output.markIdle();
            catchUp = null;
            deserializer.track(null);
            logEnds.close();
        } else if (readUpTo > announced) {
            announced = readUpTo;
            output.emitWatermark(new Watermark(readUpTo));
        }
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        CompletableFuture<Void> records = kafka.isAvailable();
        if (catchUp == null || records.isDone()) {
            return records;
        }
        // Catching up is also a matter of time passing without a record.
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
        kafka.handleSourceEvents(event);
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
