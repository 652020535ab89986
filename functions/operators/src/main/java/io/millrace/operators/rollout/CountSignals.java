package io.millrace.operators.rollout;

import io.millrace.logic.rollout.SignalCount;
import io.millrace.logic.rollout.SignalCountCodec;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.schema.rollout.HealthCounted;
import io.millrace.schema.rollout.HealthSignal;
import io.millrace.schema.wire.LogTime;
import io.millrace.schema.wire.OutboundRecord;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Counts what each source tells of each flag, by intervals of the log, and tells of an interval once all that was logged in it has
 * been read: whatever partitions it came from, and however often it is read.
 */
public final class CountSignals extends KeyedProcessFunction<String, HealthSignal, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    /** For how many intervals a signal that comes again is known at least, and for at most twice as many. */
    static final int KNOWN_INTERVALS = 10;

    private static final MapStateDescriptor<Long, SignalCount> COUNTS =
            new MapStateDescriptor<>("counts", Types.LONG, CodecTypeInfo.by(SignalCountCodec.class));
    /** By id of a signal, when its interval began. */
    private static final MapStateDescriptor<String, Long> IDS =
            new MapStateDescriptor<>("ids", Types.STRING, Types.LONG);

    private final long millis;

    private transient MapState<Long, SignalCount> counts;
    private transient MapState<String, Long> ids;
    private transient Counter again;
    private transient Counter tooLate;
    private transient Counter dropped;

    /** @param millis how long an interval is */
    public CountSignals(long millis) {
        this.millis = millis;
    }

    /** Names have no control characters. */
    public static String key(HealthSignal signal) {
        return signal.flag() + '\n' + signal.source();
    }

    @Override
    public void open(OpenContext context) {
        counts = getRuntimeContext().getMapState(COUNTS);
        ids = getRuntimeContext().getMapState(IDS);
        MetricGroup group = getRuntimeContext().getMetricGroup();
        again = group.counter(RolloutMetrics.SIGNALS_AGAIN);
        tooLate = group.counter(RolloutMetrics.SIGNALS_TOO_LATE);
        dropped = group.counter(RolloutMetrics.SIGNALS_DROPPED);
    }

    @Override
    public void processElement(HealthSignal signal, Context context, Collector<OutboundRecord> out) throws Exception {
        long latest = LogTime.latest(context.timerService().currentProcessingTime());
        long from = Math.floorDiv(Math.min(context.timestamp(), latest), millis) * millis;
        if (end(from) <= context.timerService().currentWatermark()) {
            tooLate.inc();
            return;
        }
        String id = signal.envelope().eventId().toString();
        if (ids.contains(id)) {
            again.inc();
            return;
        }
        SignalCount before = counts.get(from);
        SignalCount known = before == null ? SignalCount.EMPTY : before;
        if (before == null) {
            context.timerService().registerEventTimeTimer(end(from));
        }
        if (known.ids() < SignalCount.MAX_IDS) {
            ids.put(id, from);
        }
        SignalCount after = known.with(signal);
        if (after.dropped() > known.dropped()) {
            dropped.inc();
        }
        counts.put(from, after);
    }

    /** What was logged just before the end of an interval may be read after the source says that all was, see ADR 0010. */
    private long end(long from) {
        return from + millis + LogTime.IN_LOG_ORDER_MILLIS;
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<OutboundRecord> out) throws Exception {
        long from = timestamp - LogTime.IN_LOG_ORDER_MILLIS - millis;
        SignalCount count = counts.get(from);
        if (count != null) {
            String key = context.getCurrentKey();
            int end = key.indexOf('\n');
            HealthCounted told = count.event(key.substring(0, end), key.substring(end + 1), from, millis);
            out.collect(OutboundRecord.of(told.flag(), told.toJson(), null, null));
            counts.remove(from);
            // Once all ids have been forgotten that were to be, nothing of the key is left.
            context.timerService().registerEventTimeTimer(timestamp + KNOWN_INTERVALS * millis);
        }
        // To look through all ids costs as much as to count them: not each time, while there is something to count.
        if (count == null || Math.floorMod(from / millis, KNOWN_INTERVALS) == 0) {
            forgetUntil(from - KNOWN_INTERVALS * millis);
        }
    }

    private void forgetUntil(long last) throws Exception {
        for (Iterator<Map.Entry<String, Long>> each = ids.iterator(); each.hasNext(); ) {
            if (each.next().getValue() <= last) {
                each.remove();
            }
        }
        if (ids.isEmpty()) {
            // The heap's backend keeps an empty map of a key otherwise.
            ids.clear();
        }
    }
}
