package io.millrace.connectors.kafka;

import io.millrace.schema.wire.LogTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Up to which log time a reader is known to have read. Times are milliseconds since the epoch.
 *
 * <p>It asks the broker, time and again, where the log ends. Whatever could be read when it asked lies before the
 * answer: a partition of which that was read was read up to the time of the question. One of which it was not is read
 * up to the log time of its last record. And of the topic as a whole that is true only while every partition there is
 * was given to a reader, which is asked with each question too: partitions can be added. That nothing comes from a
 * partition for a while is no sign of anything: records of others may be in front, the job held up by what is after it,
 * or the whole process paused.
 */
final class CatchUp {
    /** The log time of a record whose time says nothing. */
    static final long NEVER = Long.MIN_VALUE;

    private static final long ASK_AGAIN_MILLIS = 1_000;
    private static final long LONGEST_STEP_MILLIS = 1_000;
    private static final long UNKNOWN = -1;

    private final Pace pace;
    private final long maxHold;
    private final Map<Integer, Partition> partitions = new HashMap<>();
    private Partition last;
    private int pending;
    private long askedAt = NEVER;
    private int given;
    private long allGivenUpTo = NEVER;
    private long waited;
    private long waitedUntil;

    /** @param maxHold how long to wait for the broker's answer, or for records that do not come */
    CatchUp(Pace pace, Duration maxHold, long now) {
        this.pace = pace;
        this.maxHold = maxHold.toMillis();
        this.waitedUntil = now;
    }

    /**
     * What to ask the broker.
     *
     * @param positions from where each partition is read on
     * @param ofRecords where the last record is, and not only the end of the log; behind it there may be places of no
     *     record, that a reader never passes
     */
    record Question(Map<TopicPartition, Long> positions, boolean ofRecords) {}

    private static final class Partition {
        private final TopicPartition name;
        private long position = UNKNOWN;
        private long askedPosition = UNKNOWN;
        private long end = UNKNOWN;
        private long endAskedAt;
        private long readUpTo = NEVER;

        private Partition(TopicPartition name) {
            this.name = name;
        }

        private boolean isAtEnd() {
            return end != UNKNOWN && position >= end;
        }

        private void take(LogEnds.Span span, long askedAt) {
            // What was read since the question was read anew already.
            boolean restarts = span.restarts() && position == askedPosition;
            position = restarts ? span.start() : Math.max(position, span.start());
            end = span.end();
            endAskedAt = askedAt;
            prove();
            if (isAtEnd()) {
                // There is no record in between.
                position = Math.max(position, span.logEnd());
            }
        }

        private void prove() {
            if (isAtEnd()) {
                readUpTo = Math.max(readUpTo, endAskedAt + LogTime.ALLOWANCE_MILLIS);
            }
        }
    }

    /** A partition to be read. The broker is being asked about it. */
    void assigned(TopicPartition partition) {
        partitions.put(partition.partition(), new Partition(partition));
        last = null;
        waited = 0;
    }

    /** How many partitions of the topic were given to readers, this or others, each before it was told so. */
    void given(int count) {
        given = count;
    }

    /** The broker is being asked, other than by {@link #question}. */
    void asked(long now) {
        pending++;
        askedAt = now;
    }

    /** What is to be asked now; empty when nothing is. {@code quiet}: no partition has a record at hand. */
    Optional<Question> question(long now, boolean quiet) {
        if (pending > 0) {
            return Optional.empty();
        }
        boolean atEnd = isAtEnd();
        // What is on its way needs no second question, unless it takes long.
        // A clock that was set back has not stopped.
        long since = Math.abs(now - askedAt);
        boolean due = atEnd
                ? since >= pace.askEveryMillis()
                : since >= ASK_AGAIN_MILLIS || (quiet && since >= pace.patienceMillis());
        if (!due) {
            return Optional.empty();
        }
        asked(now);
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (Partition each : partitions.values()) {
            each.askedPosition = each.position;
            positions.put(each.name, each.position);
        }
        return Optional.of(new Question(positions, !atEnd));
    }

    /**
     * The broker's answer, to the oldest question there is: for each of the partitions asked about, what is to be read.
     */
    void answered(LogEnds.Answer answer) {
        pending--;
        answer.spans().forEach((name, span) -> {
            Partition partition = partitions.get(name.partition());
            if (partition != null) {
                partition.take(span, answer.askedAt());
            }
        });
        boolean allGiven = answer.partitions() <= given;
        if (allGiven) {
            allGivenUpTo = Math.max(allGivenUpTo, answer.askedAt() + LogTime.ALLOWANCE_MILLIS);
        }
        if (allGiven && isAtEnd()) {
            waited = 0;
        }
    }

    /** @param logTime {@link #NEVER} when it is a time to come, which says nothing of how far was read */
    void read(int partition, long offset, long logTime) {
        if (last == null || last.name.partition() != partition) {
            last = partitions.get(partition);
            if (last == null) {
                return;
            }
        }
        last.position = offset + 1;
        last.readUpTo = Math.max(last.readUpTo, logTime);
        last.prove();
        waited = 0;
    }

    private boolean isAtEnd() {
        for (Partition partition : partitions.values()) {
            if (!partition.isAtEnd()) {
                return false;
            }
        }
        return true;
    }

    /** Time passes. What passed while the whole process stood still was not spent waiting. */
    void waits(long now) {
        waited += Math.min(Math.max(0, now - waitedUntil), LONGEST_STEP_MILLIS);
        waitedUntil = now;
    }

    /**
     * Up to which log time all was read that could be, but for the last {@link LogTime#ALLOWANCE_MILLIS} of it: {@link
     * Long#MAX_VALUE} for a reader that waited in vain, {@link Long#MIN_VALUE} when nothing can be said yet. When the
     * topic has partitions that no reader was given yet, that is not beyond when there were none.
     */
    long readUpTo() {
        if (waited >= maxHold) {
            return Long.MAX_VALUE;
        }
        long least = allGivenUpTo;
        for (Partition partition : partitions.values()) {
            least = Math.min(least, partition.readUpTo);
        }
        return least;
    }
}
