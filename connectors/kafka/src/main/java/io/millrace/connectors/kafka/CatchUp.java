package io.millrace.connectors.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether a reader has read what was in the log when it started, and if not, up to which log time it has. Times are
 * milliseconds since the epoch.
 *
 * <p>A partition has caught up when everything readable that it held when the broker was asked was read. A partition from
 * which nothing comes for a while is no sign of that: records of others may be in front, or the job be held up by what is
 * after it. When reading up to there took a while, more has come meanwhile: then the broker is asked again.
 */
final class CatchUp {
    private static final long NEVER = Long.MIN_VALUE;
    private static final long UNKNOWN = -1;

    /** What came within so long after the broker was asked is not waited for, as it would not be in steady operation. */
    private static final long FRESH_MILLIS = 1_000;

    /** A reader that does not keep up is let go after so many questions. */
    private static final int MAX_QUESTIONS = 20;

    private final long idleAfter;
    private final long maxHold;
    private final long startedAt;
    private final Map<TopicPartition, Partition> partitions = new HashMap<>();
    private boolean assigned;
    private long answeredAt = NEVER;
    private long quietSince = NEVER;
    private int questions = 1;

    /**
     * @param idleAfter a reader that was given no partition for so long gets none
     * @param maxHold how long to wait for the broker's answer, or for records that do not come
     */
    CatchUp(Duration idleAfter, Duration maxHold, long now) {
        this.idleAfter = idleAfter.toMillis();
        this.maxHold = maxHold.toMillis();
        this.startedAt = now;
    }

    private static final class Partition {
        private long position = UNKNOWN;
        private long end = UNKNOWN;
        private long logTime = Long.MIN_VALUE;

        private boolean isBehind() {
            return end == UNKNOWN || position < end;
        }
    }

    /** A partition to be read; it is behind until {@link #answered} says otherwise. */
    void assigned(TopicPartition partition) {
        assigned = true;
        partitions.put(partition, new Partition());
    }

    /** The broker's answer: for each of the partitions asked about, what is to be read of it. */
    void answered(Map<TopicPartition, LogEnds.Span> spans, long now) {
        answeredAt = now;
        spans.forEach((partition, span) -> {
            Partition progress = partitions.get(partition);
            if (progress != null) {
                progress.position = Math.max(progress.position, span.start());
                progress.end = span.end();
            }
        });
    }

    void read(TopicPartition partition, long offset, long logTime) {
        quietSince = NEVER;
        Partition progress = partitions.get(partition);
        if (progress != null) {
            progress.position = offset + 1;
            progress.logTime = Math.max(progress.logTime, logTime);
        }
    }

    /** No partition has a record at hand. */
    void nothingToRead(long now) {
        if (quietSince == NEVER) {
            quietSince = now;
        }
    }

    /**
     * Up to which log time everything was read: {@link Long#MAX_VALUE} when caught up, {@link Long#MIN_VALUE} when nothing
     * can be said yet.
     */
    long readUpTo(long now) {
        if (answeredAt == NEVER) {
            return now - startedAt >= maxHold ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        if (!assigned) {
            return now - answeredAt >= idleAfter ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        if (gaveUp(now)) {
            return Long.MAX_VALUE;
        }
        long least = Long.MAX_VALUE;
        for (Partition partition : partitions.values()) {
            if (partition.isBehind()) {
                least = Math.min(least, partition.logTime);
            }
        }
        return least;
    }

    /** What was there when the broker was asked is gone: retention, or a log that was cut short. */
    private boolean gaveUp(long now) {
        return quietSince != NEVER && now - Math.max(quietSince, answeredAt) >= maxHold;
    }

    /** Whether, having read up to the last answer, the broker is to be asked what has come since. */
    boolean isStale(long now) {
        return assigned
                && answeredAt != NEVER
                && now - answeredAt > FRESH_MILLIS
                && questions < MAX_QUESTIONS
                && !gaveUp(now);
    }

    /** From where the partitions are to be read on; they are behind again until {@link #answered}. */
    Map<TopicPartition, Long> askAgain() {
        questions++;
        Map<TopicPartition, Long> positions = new HashMap<>();
        partitions.forEach((partition, progress) -> {
            positions.put(partition, progress.position);
            progress.end = UNKNOWN;
        });
        return positions;
    }
}
