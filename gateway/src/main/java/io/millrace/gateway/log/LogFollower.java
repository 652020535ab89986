package io.millrace.gateway.log;

import io.millrace.gateway.model.Batch;
import io.millrace.gateway.model.LogPartition;
import io.millrace.gateway.model.ReadModel;
import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the model what comes on the topics that it follows, from where the model is. It belongs to no consumer group: the
 * model knows its positions. Whatever fails is tried again; a log that is another one makes the model begin anew.
 */
public final class LogFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);
    private static final int BATCH = 2_000;
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LOOK_FOR_TOPICS_EVERY = Duration.ofSeconds(5);
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final ReadModel model;
    private final KafkaClients kafka;
    private final Thread thread = new Thread(this::run, "model");
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Lag lag = Lag.UNKNOWN;
    private KafkaConsumer<byte[], byte[]> consumer;
    /** What was to be read when it began; null once it was. */
    private Map<TopicPartition, Long> target;

    public LogFollower(ReadModel model, KafkaClients kafka) {
        this.model = model;
        this.kafka = kafka;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** How far behind the log the model is. */
    public Lag lag() {
        return lag;
    }

    /** Whether it still tries. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    private void run() {
        while (isOpen()) {
            try {
                followUntilItFails();
            } catch (OtherLogException e) {
                LOG.warn("The model is made anew: {}", e.getMessage());
                restart();
            } catch (SQLException e) {
                LOG.error("The model can't be written", e);
                lag = lag.withProblem("the model can't be written: " + e.getMessage());
                if (ReadModel.isCorrupt(e)) {
                    restart();
                }
            } catch (KafkaException e) {
                LOG.warn("The log can't be read and is tried again: {}", e.getMessage());
                lag = lag.withProblem("the log can't be read: " + e.getMessage());
            }
            pause();
        }
    }

    private void restart() {
        try {
            model.restart();
        } catch (SQLException | IOException e) {
            LOG.error("The model can't be made anew", e);
            lag = lag.withProblem("the model can't be made anew: " + e.getMessage());
        }
    }

    private void pause() {
        try {
            closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOpen() {
        return closed.getCount() > 0 && !Thread.currentThread().isInterrupted();
    }

    private void followUntilItFails() throws SQLException, OtherLogException {
        Admin admin = kafka.admin();
        consumer = kafka.consumer(BATCH);
        try {
            FollowedTopics topics = new FollowedTopics(admin, model);
            target = null;
            long looked = Long.MIN_VALUE;
            long measured = Long.MIN_VALUE;
            while (isOpen()) {
                if (isOver(looked, LOOK_FOR_TOPICS_EVERY)) {
                    assign(topics.partitions());
                    looked = System.nanoTime();
                }
                read();
                if (isOver(measured, MEASURE_EVERY)) {
                    measure();
                    measured = System.nanoTime();
                }
            }
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
            admin.close(CLOSE_LIMIT);
        }
    }

    private static boolean isOver(long since, Duration limit) {
        return since == Long.MIN_VALUE || System.nanoTime() - since > limit.toNanos();
    }

    private void assign(Collection<TopicPartition> partitions) {
        Set<TopicPartition> known = consumer.assignment();
        if (!known.equals(Set.copyOf(partitions))) {
            Set<TopicPartition> added = new HashSet<>(partitions);
            added.removeAll(known);
            consumer.assign(partitions);
            Map<LogPartition, Long> positions = model.progress().positions();
            Set<TopicPartition> fromStart = new HashSet<>();
            for (TopicPartition one : added) {
                Long position = positions.get(new LogPartition(one.topic(), one.partition()));
                if (position == null) {
                    fromStart.add(one);
                } else {
                    consumer.seek(one, position);
                }
            }
            consumer.seekToBeginning(fromStart);
        }
        if (target == null) {
            target = new HashMap<>(consumer.endOffsets(consumer.assignment()));
        }
    }

    private void read() throws SQLException, OtherLogException {
        if (consumer.assignment().isEmpty()) {
            pause();
            return;
        }
        ConsumerRecords<byte[], byte[]> polled;
        try {
            polled = consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            skipWhatIsGone(e.offsetOutOfRangePartitions());
            return;
        }
        if (polled.isEmpty()) {
            return;
        }
        List<SourceRecord> records = new ArrayList<>(polled.count());
        polled.forEach(record -> records.add(SourceRecords.of(record)));
        Map<LogPartition, Long> next = new HashMap<>();
        polled.nextOffsets()
                .forEach((partition, offset) ->
                        next.put(new LogPartition(partition.topic(), partition.partition()), offset.offset()));
        model.apply(new Batch(records, next));
    }

    /** Retention took what was not read yet: the model goes on with what is there. */
    private void skipWhatIsGone(Map<TopicPartition, Long> positions) throws OtherLogException {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(positions.keySet());
        for (Map.Entry<TopicPartition, Long> lost : positions.entrySet()) {
            long beginning = beginnings.get(lost.getKey());
            if (lost.getValue() > beginning) {
                throw new OtherLogException(lost.getKey() + " ends before what was read of it");
            }
            LOG.warn(
                    "Records {} to {} of {} were deleted before the model read them",
                    lost.getValue(),
                    beginning - 1,
                    lost.getKey());
            consumer.seek(lost.getKey(), beginning);
        }
    }

    private void measure() throws SQLException {
        Map<String, Long> byTopic = new HashMap<>();
        consumer.endOffsets(consumer.assignment())
                .forEach((partition, end) ->
                        byTopic.merge(partition.topic(), Math.max(0, end - consumer.position(partition)), Long::sum));
        if (target != null
                && target.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            model.goLive();
            target = Map.of();
        }
        lag = Lag.of(target != null && target.isEmpty(), byTopic);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(CLOSE_LIMIT.toMillis() * 4);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
