package io.millrace.connectors.kafka.lag;

import io.millrace.schema.wire.OutboundRecord;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Samples of where consumer groups stand, as records of the topic of samples. To be run by one task. */
public final class LagSource implements Source<OutboundRecord, NoSplit, Void> {
    private static final long serialVersionUID = 1L;

    private final Properties adminProperties;
    private final LagSettings settings;

    /** @param adminProperties what a client needs to connect */
    public LagSource(Properties adminProperties, LagSettings settings) {
        this.adminProperties = adminProperties;
        this.settings = settings;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<OutboundRecord, NoSplit> createReader(SourceReaderContext context) {
        return new LagReader(adminProperties, settings, new LagMetrics(context.metricGroup()));
    }

    @Override
    public SplitEnumerator<NoSplit, Void> createEnumerator(SplitEnumeratorContext<NoSplit> context) {
        return new NothingToGive();
    }

    @Override
    public SplitEnumerator<NoSplit, Void> restoreEnumerator(SplitEnumeratorContext<NoSplit> context, Void nothing) {
        return new NothingToGive();
    }

    @Override
    public SimpleVersionedSerializer<NoSplit> getSplitSerializer() {
        return NoSplit.serializer();
    }

    @Override
    public SimpleVersionedSerializer<Void> getEnumeratorCheckpointSerializer() {
        return NoSplit.serializer();
    }

    private static final class NothingToGive implements SplitEnumerator<NoSplit, Void> {
        @Override
        public void start() {
            // Readers begin by themselves.
        }

        @Override
        public void handleSplitRequest(int subtask, String host) {
            // None comes.
        }

        @Override
        public void addSplitsBack(List<NoSplit> splits, int subtask) {
            // There are none.
        }

        @Override
        public void addReader(int subtask) {
            // Likewise.
        }

        @Override
        public Void snapshotState(long checkpointId) {
            return null;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
