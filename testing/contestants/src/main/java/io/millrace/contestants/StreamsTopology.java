package io.millrace.contestants;

import io.millrace.logic.task.Series;
import io.millrace.logic.task.SeriesCodec;
import io.millrace.schema.wire.Topics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Source, one processor with two stores, sinks. The topic is keyed by user and a series belongs to one: nothing is
 * repartitioned.
 */
final class StreamsTopology {
    static final String SERIES = "series";
    static final String WAKES = "wakes";

    private static final String SOURCE = "source";
    private static final String TASKS = "tasks";
    private static final int ENCODED_SIZE = 512;

    private StreamsTopology() {}

    static Topology of(Assignment assignment, long horizonMillis) {
        Topology topology = new Topology()
                .addSource(SOURCE, assignment.input())
                .addProcessor(TASKS, () -> new StreamsProcessor(assignment, horizonMillis), SOURCE)
                .addStateStore(store(SERIES, Serdes.String(), series()), TASKS)
                .addStateStore(store(WAKES, Serdes.ByteArray(), Serdes.ByteArray()), TASKS);
        // A sink bears the name of its topic: the processor forwards by it.
        for (String topic :
                List.of(assignment.output(), Topics.REMINDERS, assignment.input(), Topics.TASK_EVENTS_DLQ)) {
            topology.addSink(topic, topic, new ByteArraySerializer(), new ByteArraySerializer(), TASKS);
        }
        return topology;
    }

    private static <K, V> StoreBuilder<?> store(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, values)
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }

    private static Serde<Series> series() {
        SeriesCodec codec = new SeriesCodec();
        return Serdes.serdeFrom(
                (topic, series) -> {
                    if (series == null) {
                        return null;
                    }
                    try {
                        ByteArrayOutputStream bytes = new ByteArrayOutputStream(ENCODED_SIZE);
                        codec.write(series, new DataOutputStream(bytes));
                        return bytes.toByteArray();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                (topic, bytes) -> {
                    if (bytes == null) {
                        return null;
                    }
                    try {
                        return codec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }
}
