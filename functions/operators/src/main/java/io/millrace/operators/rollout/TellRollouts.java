package io.millrace.operators.rollout;

import io.millrace.logic.rollout.RolloutFigures;
import io.millrace.logic.rollout.RolloutFiguresCodec;
import io.millrace.logic.rollout.RolloutNews;
import io.millrace.logic.rollout.WantedFlag;
import io.millrace.logic.rollout.WantedFlagCodec;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.schema.rollout.RolloutEvent;
import io.millrace.schema.wire.OutboundRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Makes records of what roll-outs tell: of events, and on side outputs of statuses and of what is wanted; and measures it. What is
 * measured is remembered: a roll-out of which nothing is heard after a restart is one to be seen.
 *
 * <p>It has to stand on the subtask where the flag is decided about.
 */
public final class TellRollouts extends ProcessFunction<RolloutNews, OutboundRecord> implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    public static final OutputTag<OutboundRecord> STATUSES =
            new OutputTag<>("statuses", TypeInformation.of(OutboundRecord.class));
    public static final OutputTag<WantedFlag> WANTED =
            new OutputTag<>("wanted", CodecTypeInfo.by(WantedFlagCodec.class));

    private static final ListStateDescriptor<RolloutFigures> FIGURES =
            new ListStateDescriptor<>("figures", CodecTypeInfo.by(RolloutFiguresCodec.class));

    private transient RolloutMetrics metrics;
    private transient ListState<RolloutFigures> figures;

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        // Each sees all: which flags it decides about changes with the parallelism.
        figures = context.getOperatorStateStore().getUnionListState(FIGURES);
    }

    @Override
    public void open(OpenContext context) throws Exception {
        metrics = new RolloutMetrics(getRuntimeContext().getMetricGroup());
        TaskInfo task = getRuntimeContext().getTaskInfo();
        for (RolloutFigures each : figures.get()) {
            int owner = KeyGroupRangeAssignment.assignKeyToParallelOperator(
                    each.flag(), task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks());
            if (owner == task.getIndexOfThisSubtask()) {
                metrics.measure(each);
            }
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        figures.update(metrics.all());
    }

    @Override
    public void processElement(RolloutNews news, Context context, Collector<OutboundRecord> out) {
        if (news.event() != null) {
            RolloutEvent event = news.event();
            metrics.happened(event);
            out.collect(OutboundRecord.of(
                    news.flag(), event.toJson(), event.envelope().correlationId(), null));
        } else if (news.status() != null) {
            metrics.measure(news.figures());
            context.output(
                    STATUSES, OutboundRecord.of(news.flag(), news.status().toJson(), null, null));
        } else if (news.wanted() != null) {
            context.output(WANTED, news.wanted());
        } else {
            metrics.gone(news.flag());
            context.output(STATUSES, new OutboundRecord(news.flag().getBytes(StandardCharsets.UTF_8), null, List.of()));
        }
    }
}
