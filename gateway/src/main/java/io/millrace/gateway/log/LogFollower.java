package io.millrace.gateway.log;

import io.millrace.gateway.model.Batch;
import io.millrace.gateway.model.LogPartition;
import io.millrace.gateway.model.ReadModel;
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
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the model what comes on the topics that it follows, from where the model is. It belongs to no consumer group: the
 * model knows its positions. Whatever fails is tried again; a log that is another one makes the model begin anew.
 */
public final class LogFollower implements AutoCloseable {
    /** Anybody may ask whether it is ready: paths and addresses are for the log. */
    private static final String WHY = "; the gateway's log says why";

    private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);
    private static final Duration LOOK_FOR_TOPICS_EVERY = Duration.ofSeconds(5);
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(1);
    /** While a partition does not answer: each time it is waited for. */
    private static final Duration MEASURE_SELDOM = Duration.ofSeconds(15);

    private static final Duration POSITION_LIMIT = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final ReadModel model;
    private final Supplier<FollowedLog> logs;
    private final Thread thread = new Thread(this::run, "model");
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Lag lag = Lag.UNKNOWN;
    private FollowedLog log;
    private Consumer<byte[], byte[]> consumer;
    /** What there was when it began, and its end is not known yet; null before that. */
    private Set<TopicPartition> unknown;
    /** What was to be read when it began, of those whose end is known. */
    private final Map<TopicPartition, Long> target = new HashMap<>();

    private boolean live;

    public LogFollower(ReadModel model, KafkaClients kafka) {
        this(model, () -> new KafkaLog(kafka, model));
    }

    LogFollower(ReadModel model, Supplier<FollowedLog> logs) {
        this.model = model;
        this.logs = logs;
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
                if (model.isBroken()) {
                    restart();
                }
                if (!model.isBroken()) {
                    followUntilItFails();
                }
            } catch (OtherLogException e) {
                LOG.warn("The model is made anew: {}", e.getMessage());
                restart();
            } catch (SQLException e) {
                LOG.error("The model can't be written", e);
                lag = lag.withProblem("the model can't be written" + WHY);
                if (ReadModel.isCorrupt(e)) {
                    restart();
                }
            } catch (KafkaException e) {
                LOG.warn("The log can't be read and is tried again: {}", e.getMessage());
                lag = lag.withProblem("the log can't be read" + WHY);
            } catch (RuntimeException e) {
                // What nobody thought of; the thread is the only one that the model has.
                LOG.error("Following the log failed and is tried again", e);
                lag = lag.withProblem("following the log failed" + WHY);
            }
            pause();
        }
    }

    private void restart() {
        lag = Lag.UNKNOWN;
        try {
            model.restart();
        } catch (SQLException | IOException e) {
            LOG.error("The model can't be made anew and is tried again", e);
            lag = lag.withProblem("the model can't be made anew" + WHY);
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
        log = logs.get();
        try {
            consumer = log.consumer();
            unknown = null;
            target.clear();
            live = false;
            long looked = Long.MIN_VALUE;
            long measured = Long.MIN_VALUE;
            while (isOpen() && !model.isBroken()) {
                if (isOver(looked, LOOK_FOR_TOPICS_EVERY)) {
                    if (assign(log.partitions())) {
                        measured = Long.MIN_VALUE;
                    }
                    looked = System.nanoTime();
                }
                read();
                if (isOver(measured, lag.problem() == null ? MEASURE_EVERY : MEASURE_SELDOM)) {
                    measure();
                    measured = System.nanoTime();
                }
            }
        } finally {
            log.close();
        }
    }

    private static boolean isOver(long since, Duration limit) {
        return since == Long.MIN_VALUE || System.nanoTime() - since > limit.toNanos();
    }

    /** Says whether there are others than before. */
    private boolean assign(Collection<TopicPartition> partitions) {
        Set<TopicPartition> known = consumer.assignment();
        boolean others = !known.equals(Set.copyOf(partitions));
        if (others) {
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
            // No partitions are all partitions to a consumer.
            if (!fromStart.isEmpty()) {
                consumer.seekToBeginning(fromStart);
            }
        }
        if (unknown == null) {
            unknown = new HashSet<>(partitions);
        }
        return others;
    }

    private void read() throws SQLException, OtherLogException {
        if (consumer.assignment().isEmpty()) {
            pause();
            return;
        }
        Batch batch;
        try {
            batch = live ? BatchReader.next(consumer) : BatchReader.many(consumer);
        } catch (OffsetOutOfRangeException e) {
            skipWhatIsGone(e.offsetOutOfRangePartitions());
            return;
        }
        if (!batch.records().isEmpty()) {
            model.apply(batch);
        }
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

    /**
     * A partition that does not answer keeps none of the others from being read. But one that never answered may hold
     * anything, so the model does not count as up to date before.
     */
    private void measure() throws SQLException {
        Set<TopicPartition> assigned = consumer.assignment();
        target.keySet().retainAll(assigned);
        unknown.retainAll(assigned);
        Map<TopicPartition, Long> ends = assigned.isEmpty() ? Map.of() : log.ends(assigned);
        Map<String, Long> byTopic = new HashMap<>();
        List<TopicPartition> silent = new ArrayList<>();
        for (TopicPartition one : assigned) {
            Long end = ends.get(one);
            Long position = end == null ? null : position(one);
            if (position == null) {
                silent.add(one);
                continue;
            }
            byTopic.merge(one.topic(), Math.max(0, end - position), Long::sum);
            if (unknown.remove(one)) {
                target.put(one, end);
            }
            if (position >= target.getOrDefault(one, Long.MAX_VALUE)) {
                target.remove(one);
            }
        }
        if (!live && unknown.isEmpty() && target.isEmpty()) {
            model.goLive();
            live = true;
        }
        lag = silent.isEmpty() ? Lag.of(live, byTopic) : Lag.of(live, byTopic).withProblem(problemOf(silent));
    }

    private Long position(TopicPartition partition) {
        try {
            return consumer.position(partition, POSITION_LIMIT);
        } catch (TimeoutException e) {
            return null;
        }
    }

    private static String problemOf(List<TopicPartition> silent) {
        String first = silent.get(0) + " does not answer";
        return silent.size() == 1 ? first : first + ", nor do " + (silent.size() - 1) + " others";
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
