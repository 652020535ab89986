package io.millrace.operators.slo;

import io.millrace.operators.deadletter.Rejections;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets through what of the topic of definitions can be followed; the rest goes to {@link Rejections#DEAD_LETTERS}.
 * With a parallelism of one, so that there is one dead letter of each; those who come after it apply the same
 * records.
 */
public final class ReadDefinitions extends ProcessFunction<SourceRecord, SourceRecord> implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private transient ObjectivesState objectives;
    private transient Rejections rejections;

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        objectives = new ObjectivesState(context.getOperatorStateStore());
    }

    @Override
    public void open(OpenContext context) {
        rejections = new Rejections(getRuntimeContext().getMetricGroup());
        getRuntimeContext().getMetricGroup().gauge(SloMetrics.OBJECTIVES, (Gauge<Integer>)
                () -> objectives.book().size());
    }

    @Override
    public void processElement(SourceRecord source, Context context, Collector<SourceRecord> out) throws Exception {
        try {
            objectives.apply(source);
        } catch (RejectedEventException e) {
            context.output(Rejections.DEAD_LETTERS, rejections.reject(source, e));
            return;
        }
        out.collect(source);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        // The state is up to date.
    }
}
