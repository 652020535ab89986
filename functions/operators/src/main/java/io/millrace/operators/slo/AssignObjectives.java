package io.millrace.operators.slo;

import io.millrace.logic.slo.LagInput;
import io.millrace.schema.slo.LagSampled;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;

/** Adds to each sample the objectives that count for it, by their definitions, which are the second input. */
public final class AssignObjectives extends CoProcessFunction<LagSampled, SourceRecord, LagInput>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private transient ObjectivesState objectives;

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        objectives = new ObjectivesState(context.getOperatorStateStore());
    }

    @Override
    public void processElement1(LagSampled sample, Context context, Collector<LagInput> out) {
        out.collect(new LagInput(sample, objectives.book().of(sample)));
    }

    @Override
    public void processElement2(SourceRecord definition, Context context, Collector<LagInput> out) throws Exception {
        try {
            objectives.apply(definition);
        } catch (RejectedEventException e) {
            throw new IllegalStateException("it was accepted where it was read", e);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        // The state is up to date.
    }
}
