package io.millrace.connectors.kafka;

import io.millrace.schema.wire.LogTime;
import io.millrace.schema.wire.SourceRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/** Notes in turn what a source sends to the one task after it. */
final class SourceObserver extends AbstractStreamOperator<SourceRecord>
        implements OneInputStreamOperator<SourceRecord, SourceRecord> {
    private static final long serialVersionUID = 1L;
    private static final Map<String, List<Seen>> SEEN = new ConcurrentHashMap<>();
    private static final Map<String, CountDownLatch> HELD_UP = new ConcurrentHashMap<>();
    private static final long LIMIT_SECONDS = 60;

    /**
     * One thing that was sent.
     *
     * @param time log time of a record, or time of a watermark
     */
    record Seen(Kind kind, long time) {}

    /** What can be sent. */
    enum Kind {
        RECORD,
        WATERMARK,
        IDLE,
        ACTIVE
    }

    private final String name;

    /** @param name under which {@link #seen} finds it; fresh for each run of a job */
    SourceObserver(String name) {
        this.name = name;
        SEEN.put(name, Collections.synchronizedList(new ArrayList<>()));
    }

    /** All so far, in order. */
    static List<Seen> seen(String name) {
        List<Seen> seen = SEEN.get(name);
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    static boolean isIdle(String name) {
        return seen(name).stream().anyMatch(seen -> seen.kind() == Kind.IDLE);
    }

    /** Whether it has read what could be read at that time. */
    static boolean hasCaughtUp(String name, long time) {
        return seen(name).stream().anyMatch(seen -> isCaughtUp(seen, time));
    }

    private static boolean isCaughtUp(Seen seen, long time) {
        return seen.kind() == Kind.WATERMARK && seen.time() >= time + LogTime.ALLOWANCE_MILLIS;
    }

    static long records(String name) {
        return seen(name).stream().filter(seen -> seen.kind() == Kind.RECORD).count();
    }

    /** What came before it had read what could be read at that time. */
    static List<Seen> beforeCaughtUp(String name, long time) {
        return seen(name).stream().takeWhile(seen -> !isCaughtUp(seen, time)).toList();
    }

    /** From now on nothing is taken from the source. */
    static void holdUp(String name) {
        HELD_UP.put(name, new CountDownLatch(1));
    }

    static void letGo(String name) {
        HELD_UP.remove(name).countDown();
    }

    private void note(Kind kind, long time) {
        SEEN.get(name).add(new Seen(kind, time));
    }

    @Override
    public void processElement(StreamRecord<SourceRecord> element) throws InterruptedException {
        CountDownLatch held = HELD_UP.get(name);
        if (held != null && !held.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("held up for too long");
        }
        note(Kind.RECORD, element.getValue().timestamp());
    }

    @Override
    public void processWatermark(Watermark mark) {
        note(Kind.WATERMARK, mark.getTimestamp());
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) {
        note(status.isIdle() ? Kind.IDLE : Kind.ACTIVE, 0);
    }
}
