package io.millrace.connectors.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether a reader has read what was in the log when it started, and if not, up to which log time it has. Times are
 * milliseconds since the epoch.
 *
 * <p>A partition has caught up when everything readable that it held at the start was read. A partition from which nothing
 * comes for a while is no sign of that: records of others may be in front, or the job be held up by what is after it.
 */
final class CatchUp {
    private static final long NEVER = Long.MIN_VALUE;
    private static final long UNKNOWN = -1;

    private final long idleAfter;
    private final long maxHold;
    private final long startedAt;
    private final Map<TopicPartition, Partition> behind = new HashMap<>();
    private boolean assigned;
    private long answeredAt = NEVER;
    private long quietSince = NEVER;

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
        behind.put(partition, new Partition());
    }

    /** The broker's answer: for each of the partitions asked about, what is to be read of it. */
    void answered(Map<TopicPartition, LogEnds.Span> spans, long now) {
        answeredAt = now;
        spans.forEach((partition, span) -> {
            Partition progress = behind.get(partition);
            if (progress != null) {
                progress.position = Math.max(progress.position, span.start());
                progress.end = span.end();
            }
        });
    }

    void read(TopicPartition partition, long offset, long logTime) {
        quietSince = NEVER;
        Partition progress = behind.get(partition);
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
        behind.values().removeIf(partition -> !partition.isBehind());
        if (quietSince != NEVER && now - Math.max(quietSince, answeredAt) >= maxHold) {
            // What was there at the start is gone: retention, or a log that was cut short.
            return Long.MAX_VALUE;
        }
        long least = Long.MAX_VALUE;
        for (Partition partition : behind.values()) {
            least = Math.min(least, partition.logTime);
        }
        return least;
    }
}
