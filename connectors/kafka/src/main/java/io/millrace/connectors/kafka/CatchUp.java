package io.millrace.connectors.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether a reader has read what was in the log when it started, and if not, up to which log time it has. Times are
 * milliseconds since the epoch.
 *
 * <p>A partition has caught up when everything before the end offset it had at the start was read. The last offsets of a
 * log may hold nothing to read (transaction markers, compacted records), so a partition from which nothing comes for
 * {@code idleAfter} has caught up as well. When the end offsets can't be had for {@code maxHold}, the reader is let go.
 */
final class CatchUp {
    private static final long UNKNOWN = -1;

    private final long idleAfter;
    private final long maxHold;
    private final long startedAt;
    private final Map<TopicPartition, Partition> behind = new HashMap<>();
    private boolean assigned;
    private boolean targetsKnown;
    private long targetsKnownAt;

    CatchUp(Duration idleAfter, Duration maxHold, long now) {
        this.idleAfter = idleAfter.toMillis();
        this.maxHold = maxHold.toMillis();
        this.startedAt = now;
    }

    private static final class Partition {
        private long position;
        private long logTime = Long.MIN_VALUE;
        private long readAt = UNKNOWN;
        private long end = UNKNOWN;
    }

    /** @param position the first offset to be read; negative when it is not known yet */
    void assigned(TopicPartition partition, long position) {
        assigned = true;
        Partition added = new Partition();
        added.position = position;
        behind.put(partition, added);
    }

    /**
     * @param ends for each partition the offset after its last record
     * @param beginnings for each partition the offset of its first record
     */
    void targets(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> beginnings, long now) {
        targetsKnown = true;
        targetsKnownAt = now;
        behind.forEach((partition, progress) -> {
            progress.end = ends.getOrDefault(partition, 0L);
            if (progress.end <= beginnings.getOrDefault(partition, 0L)) {
                progress.end = 0;
            }
        });
    }

    void read(TopicPartition partition, long offset, long logTime, long now) {
        Partition progress = behind.get(partition);
        if (progress != null) {
            progress.position = offset + 1;
            progress.logTime = Math.max(progress.logTime, logTime);
            progress.readAt = now;
        }
    }

    /**
     * Up to which log time everything was read: {@link Long#MAX_VALUE} when caught up, {@link Long#MIN_VALUE} when nothing
     * can be said yet.
     */
    long readUpTo(long now) {
        if (!assigned) {
            return now - startedAt >= idleAfter ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        if (!targetsKnown) {
            return now - startedAt >= maxHold ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        behind.values().removeIf(progress -> hasCaughtUp(progress, now));
        long least = Long.MAX_VALUE;
        for (Partition progress : behind.values()) {
            least = Math.min(least, progress.logTime);
        }
        return least;
    }

    private boolean hasCaughtUp(Partition progress, long now) {
        if (progress.end == 0 || progress.position >= progress.end) {
            return true;
        }
        return now - Math.max(progress.readAt, targetsKnownAt) >= idleAfter;
    }
}
