package io.millrace.connectors.kafka;

import io.millrace.schema.wire.LogTime;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells records that are stamped with a time to come, counts them, and says so once a minute at most. For one thread.
 */
final class RecordTimes {
    private static final Logger LOG = LoggerFactory.getLogger(RecordTimes.class);
    private static final long SAY_EVERY_MILLIS = 60_000;

    private final Counter fromTheFuture;
    private final LongSupplier wallClock;
    private long latest = Long.MIN_VALUE;
    private long sayAgainAt = Long.MIN_VALUE;

    /** @param wallClock milliseconds since the epoch; it is not asked with each record */
    RecordTimes(Counter fromTheFuture, LongSupplier wallClock) {
        this.fromTheFuture = fromTheFuture;
        this.wallClock = wallClock;
    }

    /** Whether a record's log time may be over by now; see {@link LogTime}. */
    boolean hasCome(ConsumerRecord<?, ?> record) {
        if (record.timestamp() <= latest) {
            return true;
        }
        long now = wallClock.getAsLong();
        latest = LogTime.latest(now);
        if (record.timestamp() <= latest) {
            return true;
        }
        fromTheFuture.inc();
        if (now >= sayAgainAt) {
            sayAgainAt = now + SAY_EVERY_MILLIS;
            LOG.warn(
                    "{}-{} at offset {} is stamped {}, {} s from now: it is taken as of now. Is the clock of the broker, or of this "
                            + "machine, wrong, or was it written before message.timestamp.type=LogAppendTime was set?",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    Instant.ofEpochMilli(record.timestamp()),
                    (record.timestamp() - now) / 1000);
        }
        return false;
    }
}
