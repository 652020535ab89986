package io.millrace.connectors.kafka;

import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The Kafka source, with readers that say up to which log time they have read; see {@link CatchUpReader}. */
final class CatchUpKafkaSource
        implements Source<SourceRecord, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<SourceRecord> {
    private static final long serialVersionUID = 1L;

    private final KafkaSource<SourceRecord> kafka;

    /** The very instance that {@code kafka} holds; serialized together they stay one. */
    private final SourceRecordDeserializer deserializer;

    private final String topic;
    private final Properties consumerProperties;
    private final Pace pace;
    private final Duration maxHold;

    CatchUpKafkaSource(
            KafkaSource<SourceRecord> kafka,
            SourceRecordDeserializer deserializer,
            String topic,
            Properties consumerProperties,
            Pace pace,
            Duration maxHold) {
        this.kafka = kafka;
        this.deserializer = deserializer;
        this.topic = topic;
        this.consumerProperties = consumerProperties;
        this.pace = pace;
        this.maxHold = maxHold;
    }

    @Override
    public SourceReader<SourceRecord, KafkaPartitionSplit> createReader(SourceReaderContext context) throws Exception {
        CatchUp catchUp = new CatchUp(pace, maxHold, System.currentTimeMillis());
        return new CatchUpReader(
                kafka.createReader(context),
                deserializer,
                new LogEnds(topic, consumerProperties),
                catchUp,
                new SourceMetrics(context.metricGroup()));
    }

    @Override
    public Boundedness getBoundedness() {
        return kafka.getBoundedness();
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        return new TellingEnumerator(context, List.of(), kafka::createEnumerator);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint) {
        return new TellingEnumerator(context, checkpoint.assignedSplits(), telling -> restore(telling, checkpoint));
    }

    private SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restore(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint) {
        try {
            return kafka.restoreEnumerator(context, checkpoint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return kafka.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return kafka.getEnumeratorCheckpointSerializer();
    }

    @Override
    public TypeInformation<SourceRecord> getProducedType() {
        return kafka.getProducedType();
    }
}
