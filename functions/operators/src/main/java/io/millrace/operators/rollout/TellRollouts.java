package io.millrace.operators.rollout;

import io.millrace.logic.rollout.RolloutNews;
import io.millrace.logic.rollout.WantedFlag;
import io.millrace.logic.rollout.WantedFlagCodec;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.schema.event.EventType;
import io.millrace.schema.rollout.RolloutEvent;
import io.millrace.schema.wire.OutboundRecord;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Makes records of what roll-outs tell: of events, and on side outputs of statuses and of what is wanted; and measures it. */
public final class TellRollouts extends ProcessFunction<RolloutNews, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    public static final OutputTag<OutboundRecord> STATUSES =
            new OutputTag<>("statuses", TypeInformation.of(OutboundRecord.class));
    public static final OutputTag<WantedFlag> WANTED =
            new OutputTag<>("wanted", CodecTypeInfo.by(WantedFlagCodec.class));

    private transient RolloutMetrics metrics;
    private transient Map<RolloutEvent.Kind, Counter> events;

    @Override
    public void open(OpenContext context) {
        MetricGroup group = getRuntimeContext().getMetricGroup();
        metrics = new RolloutMetrics(group);
        events = new EnumMap<>(RolloutEvent.Kind.class);
        for (RolloutEvent.Kind kind : RolloutEvent.Kind.values()) {
            String name = EventType.wireName(kind);
            events.put(kind, group.addGroup(RolloutMetrics.KIND, name).counter(RolloutMetrics.ROLLOUT_EVENTS));
        }
    }

    @Override
    public void processElement(RolloutNews news, Context context, Collector<OutboundRecord> out) {
        if (news.event() != null) {
            RolloutEvent event = news.event();
            events.get(event.kind()).inc();
            out.collect(OutboundRecord.of(
                    news.flag(), event.toJson(), event.envelope().correlationId(), null));
        } else if (news.status() != null) {
            metrics.measure(news.flag(), news.status());
            context.output(
                    STATUSES, OutboundRecord.of(news.flag(), news.status().toJson(), null, null));
        } else if (news.wanted() != null) {
            context.output(WANTED, news.wanted());
        } else {
            metrics.measure(news.flag(), null);
            context.output(STATUSES, new OutboundRecord(news.flag().getBytes(StandardCharsets.UTF_8), null, List.of()));
        }
    }
}
