package io.millrace.gateway.log;

import io.millrace.schema.wire.SourceRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;

/** A log that a test holds. Each opening has a consumer of its own, as with Kafka. */
final class TestLog {
    private final Map<TopicPartition, List<SourceRecord>> records = new ConcurrentHashMap<>();
    private final Set<TopicPartition> silent = ConcurrentHashMap.newKeySet();
    private final Set<TopicPartition> deleted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile RuntimeException failure;

    TestLog add(SourceRecord record) {
        records.computeIfAbsent(partition(record), one -> new CopyOnWriteArrayList<>())
                .add(record);
        return this;
    }

    private static TopicPartition partition(SourceRecord record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** From now on that topic does not answer. */
    TestLog silences(String topic) {
        silent.add(new TopicPartition(topic, 0));
        return this;
    }

    /** The consumer does not have it any more, and what is asked of it fails. */
    void deletes(String topic) {
        deleted.add(new TopicPartition(topic, 0));
    }

    /** The next look for topics fails. */
    void failsOnceWith(RuntimeException e) {
        failure = e;
    }

    /** How often it was opened. */
    int opened() {
        return opened.get();
    }

    FollowedLog open() {
        opened.incrementAndGet();
        return new Opened();
    }

    private List<TopicPartition> partitions() {
        List<TopicPartition> all = new ArrayList<>(records.keySet());
        all.removeAll(deleted);
        return all;
    }

    private final class Opened implements FollowedLog {
        private final LogConsumer consumer = new LogConsumer();

        @Override
        public Consumer<byte[], byte[]> consumer() {
            return consumer;
        }

        @Override
        public List<TopicPartition> partitions() {
            RuntimeException thrown = failure;
            failure = null;
            if (thrown != null) {
                throw thrown;
            }
            return TestLog.this.partitions();
        }

        @Override
        public Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
            Map<TopicPartition, Long> ends = new HashMap<>();
            partitions.stream()
                    .filter(one -> !silent.contains(one))
                    .forEach(one -> ends.put(one, (long) records.get(one).size()));
            return ends;
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    /** As Kafka's, takes no partitions for all of them. */
    private final class LogConsumer extends MockConsumer<byte[], byte[]> {
        LogConsumer() {
            super("none");
        }

        @Override
        public synchronized void assign(Collection<TopicPartition> partitions) {
            Set<TopicPartition> added = new HashSet<>(partitions);
            added.removeAll(assignment());
            super.assign(partitions);
            updateBeginningOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), one -> 0L)));
            for (TopicPartition one : added) {
                for (SourceRecord record : silent.contains(one) ? List.<SourceRecord>of() : records.get(one)) {
                    addRecord(new ConsumerRecord<>(
                            record.topic(), record.partition(), record.offset(), record.key(), record.value()));
                }
            }
        }

        @Override
        public synchronized void seekToBeginning(Collection<TopicPartition> partitions) {
            super.seekToBeginning(partitions.isEmpty() ? assignment() : partitions);
        }
    }
}
