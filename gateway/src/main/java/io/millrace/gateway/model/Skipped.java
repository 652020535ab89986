package io.millrace.gateway.model;

import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.VisibleText;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the records of which the model can make nothing, and logs some of them: a flood of them is no flood of the log. */
final class Skipped {
    private static final Logger LOG = LoggerFactory.getLogger(Skipped.class);
    private static final int LOGGED = 20;
    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

    private final AtomicLong count = new AtomicLong();
    private long windowStart = System.nanoTime();
    private int logged;

    /** @param reason without what stands in the record */
    void add(SourceRecord record, String reason) {
        count.incrementAndGet();
        if (mayLog()) {
            LOG.warn(
                    "Skipped {}-{} at {}: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    VisibleText.of(reason));
        }
    }

    private synchronized boolean mayLog() {
        if (System.nanoTime() - windowStart > WINDOW_NANOS) {
            windowStart = System.nanoTime();
            logged = 0;
        }
        return logged++ < LOGGED;
    }

    long count() {
        return count.get();
    }
}
