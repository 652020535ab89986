package io.millrace.jobs.audit;

import io.millrace.connectors.lakehouse.DeclaredTables;
import io.millrace.connectors.lakehouse.LakeCatalog;
import io.millrace.connectors.lakehouse.LakeException;
import io.millrace.connectors.lakehouse.LakePositions;
import io.millrace.connectors.lakehouse.LakeTable;
import io.millrace.schema.lake.SourcePosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/** Begins behind the last row that a table has of a partition, else at the partition's beginning. */
final class OffsetsOfTable implements OffsetsInitializer {
    private static final long serialVersionUID = 1L;

    private final LakeCatalog lake;
    private final String figures;
    private final boolean acceptGaps;

    /** @param figures the topic that is read for a table of its own too, which may be behind */
    OffsetsOfTable(LakeCatalog lake, String figures, boolean acceptGaps) {
        this.lake = lake;
        this.figures = figures;
        this.acceptGaps = acceptGaps;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
        Map<TopicPartition, Long> offsets = new HashMap<>(broker.beginningOffsets(partitions));
        Map<TopicPartition, Long> ends = broker.endOffsets(partitions);
        for (SourcePosition position : positions(DeclaredTables.EVENTS)) {
            TopicPartition partition = new TopicPartition(position.topic(), position.partition());
            Long first = offsets.get(partition);
            if (first != null) {
                offsets.put(partition, next(position, first, ends.get(partition)));
            }
        }
        Map<TopicPartition, Long> ofFigures = new HashMap<>(broker.beginningOffsets(partitions));
        for (SourcePosition position : positions(DeclaredTables.FIGURES)) {
            ofFigures.put(new TopicPartition(position.topic(), position.partition()), position.offset() + 1);
        }
        offsets.replaceAll((partition, next) ->
                partition.topic().equals(figures) ? Long.valueOf(Math.min(next, ofFigures.get(partition))) : next);
        return offsets;
    }

    private long next(SourcePosition position, long first, long end) {
        long next = position.offset() + 1;
        if (end < next) {
            throw new LakeException("the topic " + position.topic() + " was made again: its partition "
                    + position.partition() + " ends before offset " + end + ", the table has " + position.offset()
                    + "; audit a topic under a name of its own");
        }
        if (first > next && !acceptGaps) {
            throw new LakeException("the offsets " + next + " to " + (first - 1) + " of " + position.source()
                    + " were deleted before they were read; start the job with " + AuditJob.ACCEPT_GAPS.key()
                    + ": true to go on without them");
        }
        return Math.max(first, next);
    }

    private List<SourcePosition> positions(LakeTable<?> table) {
        try {
            return List.copyOf(LakePositions.of(lake, table));
        } catch (IOException e) {
            throw new UncheckedIOException("the catalog can't be closed", e);
        }
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.EARLIEST;
    }
}
