package io.millrace.operators.slo;

import io.millrace.logic.slo.LagCommand;
import io.millrace.schema.slo.SloAlert;
import io.millrace.schema.wire.OutboundRecord;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Makes records of what is decided: of statuses, and on a side output of alerts; and measures it. */
public final class TellVerdicts extends ProcessFunction<LagCommand, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    public static final OutputTag<OutboundRecord> ALERTS =
            new OutputTag<>("alerts", TypeInformation.of(OutboundRecord.class));

    private transient SloMetrics metrics;
    private transient Map<SloAlert.State, Counter> alerts;

    @Override
    public void open(OpenContext context) {
        MetricGroup group = getRuntimeContext().getMetricGroup();
        metrics = new SloMetrics(group);
        alerts = new EnumMap<>(SloAlert.State.class);
        for (SloAlert.State state : SloAlert.State.values()) {
            String name = state.name().toLowerCase(Locale.ROOT);
            alerts.put(state, group.addGroup(SloMetrics.STATE, name).counter(SloMetrics.ALERTS));
        }
    }

    @Override
    public void processElement(LagCommand command, Context context, Collector<OutboundRecord> out) {
        if (command.alert() != null) {
            alerts.get(command.alert().state()).inc();
            context.output(
                    ALERTS, OutboundRecord.of(command.key(), command.alert().toJson(), null, null));
        } else if (command.status() != null) {
            metrics.measure(command.key(), command.status());
            out.collect(OutboundRecord.of(command.key(), command.status().toJson(), null, null));
        } else {
            metrics.gone(command.key());
            out.collect(new OutboundRecord(command.key().getBytes(StandardCharsets.UTF_8), null, List.of()));
        }
    }
}
