package io.millrace.connectors.kafka;

import io.millrace.schema.wire.SourceRecord;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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
        SEEN.put(name, new CopyOnWriteArrayList<>());
    }

    /** All so far, in order. */
    static List<Seen> seen(String name) {
        return SEEN.get(name);
    }

    static boolean isIdle(String name) {
        return seen(name).stream().anyMatch(seen -> seen.kind() == Kind.IDLE);
    }

    static long records(String name) {
        return seen(name).stream().filter(seen -> seen.kind() == Kind.RECORD).count();
    }

    /** What came before the source was idle. */
    static List<Seen> beforeIdle(String name) {
        return seen(name).stream().takeWhile(seen -> seen.kind() != Kind.IDLE).toList();
    }

    private void note(Kind kind, long time) {
        seen(name).add(new Seen(kind, time));
    }

    @Override
    public void processElement(StreamRecord<SourceRecord> element) {
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
