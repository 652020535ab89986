package io.millrace.contestants;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The program most teams have: a consumer and a producer per thread, what is known in a map, recent event ids in a
 * bounded set, offsets committed after what was produced is acknowledged. <b>It forgets everything when it is
 * restarted</b>, and all it knows must fit on the heap.
 */
public final class LoopContestant implements Contestant {
    LoopContestant() {}

    /** @param arguments Kafka's address, and the number of threads */
    public static void main(String[] arguments) {
        ContestantProcess.run(new LoopContestant(), arguments[0], Integer.parseInt(arguments[1]));
    }

    @Override
    public AutoCloseable start(Assignment assignment, Consumer<Throwable> onFailure) {
        List<LoopWorker> workers = new ArrayList<>();
        for (int i = 0; i < assignment.slots(); i++) {
            workers.add(new LoopWorker(assignment, consumer(assignment, i), producer(assignment), onFailure));
        }
        workers.forEach(Thread::start);
        return () -> {
            for (LoopWorker worker : workers) {
                worker.end();
            }
        };
    }

    /** Partitions are dealt out and stay: when they moved, what is known about their users would be left behind. */
    private static KafkaConsumer<byte[], byte[]> consumer(Assignment assignment, int worker) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                ClientSettings.consumer(assignment), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> mine = new ArrayList<>();
        for (PartitionInfo partition : consumer.partitionsFor(assignment.input())) {
            if (partition.partition() % assignment.slots() == worker) {
                mine.add(new TopicPartition(partition.topic(), partition.partition()));
            }
        }
        consumer.assign(mine);
        return consumer;
    }

    private static KafkaProducer<byte[], byte[]> producer(Assignment assignment) {
        return new KafkaProducer<>(
                ClientSettings.producer(assignment), new ByteArraySerializer(), new ByteArraySerializer());
    }
}
