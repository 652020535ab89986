package io.millrace.connectors.kafka;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.kafka.common.TopicPartition;

/**
 * Gives partitions to readers as Kafka's enumerator does, and tells all of them how many were given; see {@link
 * GivenPartitions}.
 */
final class TellingEnumerator implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {
    private final Context context;
    private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> kafka;

    /**
     * @param given those that are in the readers' own state
     * @param enumerator makes Kafka's for a context
     */
    TellingEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context,
            Collection<KafkaPartitionSplit> given,
            Function<
                            SplitEnumeratorContext<KafkaPartitionSplit>,
                            SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState>>
                    enumerator) {
        this.context = new Context(context, given);
        this.kafka = enumerator.apply(this.context);
    }

    @Override
    public void addReader(int subtask) {
        kafka.addReader(subtask);
        context.tell(subtask);
    }

    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {
        context.takeBack(splits);
        kafka.addSplitsBack(splits, subtask);
    }

    @Override
    public void start() {
        kafka.start();
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
        kafka.handleSplitRequest(subtask, host);
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        kafka.handleSourceEvent(subtask, event);
    }

    @Override
    public KafkaSourceEnumState snapshotState(long checkpointId) throws Exception {
        return kafka.snapshotState(checkpointId);
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
    public void close() throws IOException {
        kafka.close();
    }

    /** What Kafka's enumerator does by it is noted. */
    private static final class Context implements SplitEnumeratorContext<KafkaPartitionSplit> {
        private final SplitEnumeratorContext<KafkaPartitionSplit> flink;
        private final Set<TopicPartition> given = new HashSet<>();

        private Context(SplitEnumeratorContext<KafkaPartitionSplit> flink, Collection<KafkaPartitionSplit> given) {
            this.flink = flink;
            given.forEach(split -> this.given.add(split.getTopicPartition()));
        }

        private void tell(int subtask) {
            flink.sendEventToSourceReader(subtask, new GivenPartitions(given.size()));
        }

        private void takeBack(List<KafkaPartitionSplit> splits) {
            splits.forEach(split -> given.remove(split.getTopicPartition()));
        }

        @Override
        public void assignSplits(SplitsAssignment<KafkaPartitionSplit> assignment) {
            flink.assignSplits(assignment);
            for (List<KafkaPartitionSplit> splits : assignment.assignment().values()) {
                splits.forEach(split -> given.add(split.getTopicPartition()));
            }
            registeredReaders().keySet().forEach(this::tell);
        }

        @Override
        public SplitEnumeratorMetricGroup metricGroup() {
            return flink.metricGroup();
        }

        @Override
        public void sendEventToSourceReader(int subtask, SourceEvent event) {
            flink.sendEventToSourceReader(subtask, event);
        }

        @Override
        public int currentParallelism() {
            return flink.currentParallelism();
        }

        @Override
        public Map<Integer, ReaderInfo> registeredReaders() {
            return flink.registeredReaders();
        }

        @Override
        public void signalNoMoreSplits(int subtask) {
            flink.signalNoMoreSplits(subtask);
        }

        @Override
        public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
            flink.callAsync(callable, handler);
        }

        @Override
        public <T> void callAsync(
                Callable<T> callable, BiConsumer<T, Throwable> handler, long initialDelayMillis, long periodMillis) {
            flink.callAsync(callable, handler, initialDelayMillis, periodMillis);
        }

        @Override
        public void runInCoordinatorThread(Runnable runnable) {
            flink.runInCoordinatorThread(runnable);
        }
    }
}
