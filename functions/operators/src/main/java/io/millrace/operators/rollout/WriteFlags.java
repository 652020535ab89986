package io.millrace.operators.rollout;

import io.millrace.logic.rollout.FlagDocument;
import io.millrace.logic.rollout.FlagSeen;
import io.millrace.logic.rollout.FlagSeenCodec;
import io.millrace.logic.rollout.WantedFlag;
import io.millrace.logic.rollout.WantedFlagCodec;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.schema.wire.LogTime;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RejectedEventException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Writes flags as roll-outs want them, but never what is older than what stands in their log. A job that was restored decides again
 * what it decided before: so nothing is written until the inbox and the log of flags are proven to be read up to after the start, and
 * then only the latest, if the log does not have it. Before that a flag would go through all its percentages once more.
 *
 * <p>A flag is changed as it was read last, so that what others have done to it stays.
 */
public final class WriteFlags extends KeyedCoProcessFunction<String, WantedFlag, FlagSeen, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    private static final ValueStateDescriptor<WantedFlag> WANTED =
            new ValueStateDescriptor<>("wanted", CodecTypeInfo.by(WantedFlagCodec.class));
    private static final ValueStateDescriptor<FlagSeen> SEEN =
            new ValueStateDescriptor<>("seen", CodecTypeInfo.by(FlagSeenCodec.class));

    private transient ValueState<WantedFlag> wanted;
    private transient ValueState<FlagSeen> seen;
    private transient long openedAt;
    private transient Counter written;
    private transient Counter unfit;
    private transient Counter ahead;

    @Override
    public void open(OpenContext context) {
        wanted = getRuntimeContext().getState(WANTED);
        seen = getRuntimeContext().getState(SEEN);
        openedAt = Long.MIN_VALUE;
        MetricGroup group = getRuntimeContext().getMetricGroup();
        written = group.counter(RolloutMetrics.FLAGS_WRITTEN);
        unfit = group.counter(RolloutMetrics.FLAGS_UNFIT);
        ahead = group.counter(RolloutMetrics.FLAGS_AHEAD);
    }

    @Override
    public void processElement1(WantedFlag flag, Context context, Collector<OutboundRecord> out) throws Exception {
        WantedFlag before = wanted.value();
        if (before == null || before.revision() < flag.revision()) {
            wanted.update(flag);
            look(context);
        }
    }

    @Override
    public void processElement2(FlagSeen flag, Context context, Collector<OutboundRecord> out) throws Exception {
        FlagSeen before = seen.value();
        if (before != null && before.offset() >= flag.offset() && before.loggedAt() >= flag.loggedAt()) {
            return;
        }
        seen.update(flag.definition() == null ? null : flag);
        WantedFlag pending = wanted.value();
        if (pending == null) {
            return;
        }
        if (flag.definition() == null || FlagDocument.read(flag.definition()).revision() >= pending.revision()) {
            wanted.clear();
        } else {
            look(context);
        }
    }

    /** Once all is read that was logged until now. */
    private void look(Context context) {
        long now = context.timerService().currentProcessingTime();
        context.timerService().registerEventTimeTimer(now + LogTime.IN_LOG_ORDER_MILLIS);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<OutboundRecord> out) throws Exception {
        WantedFlag pending = wanted.value();
        FlagSeen known = seen.value();
        if (pending == null || known == null) {
            return;
        }
        if (openedAt == Long.MIN_VALUE) {
            openedAt = context.timerService().currentProcessingTime();
        }
        if (timestamp < openedAt + LogTime.IN_LOG_ORDER_MILLIS) {
            // It was set before a restart: what was written then may not be read yet.
            context.timerService().registerEventTimeTimer(openedAt + LogTime.IN_LOG_ORDER_MILLIS);
            return;
        }
        write(pending, known, out);
    }

    private void write(WantedFlag pending, FlagSeen known, Collector<OutboundRecord> out) throws Exception {
        try {
            FlagDocument document = FlagDocument.read(known.definition());
            if (document.revision() >= pending.revision()) {
                ahead.inc();
                wanted.clear();
                return;
            }
            byte[] value = document.with(pending).getBytes(StandardCharsets.UTF_8);
            out.collect(OutboundRecord.of(pending.flag(), value, null, null));
            written.inc();
        } catch (RejectedEventException e) {
            // The roll-out learns of it as well, by what it observes of the flag.
            unfit.inc();
        }
    }
}
