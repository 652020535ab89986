package io.millrace.operators.audit;

import io.millrace.logic.audit.FigureRows;
import io.millrace.schema.analytics.FigureRow;
import io.millrace.schema.lake.SourcePosition;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.io.Serializable;
import java.util.Collection;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.util.Collector;

/**
 * Makes a row of each record of one topic that tells figures; of those that tell none, there is none. Its input must come
 * from the source without a shuffle, as that of {@link SealRows}.
 */
public final class KeepFigures extends RichFlatMapFunction<SourceRecord, FigureRow> implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    public static final String ROWS = "figure_rows";
    /** Records of the topic that hold no figures; they are audited as all others are. */
    public static final String UNREADABLE = "figure_rows_unreadable";

    private final FigureParts parts;
    private final String topic;

    private transient FigureRows figures;
    private transient ListState<SourcePosition> state;
    private transient Counter rows;
    private transient Counter unreadable;

    /** What rows are made with; read by each task where it runs. */
    public interface FigureParts extends Serializable {
        FigureRows figures() throws Exception;

        /** How far the table of figures is. */
        Collection<SourcePosition> figurePositions() throws Exception;
    }

    public KeepFigures(FigureParts parts, String topic) {
        this.parts = parts;
        this.topic = topic;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        figures = parts.figures();
        state = context.getOperatorStateStore()
                .getUnionListState(
                        new ListStateDescriptor<>("figure-positions", TypeInformation.of(SourcePosition.class)));
        figures.from(state.get());
        figures.from(parts.figurePositions());
    }

    @Override
    public void open(OpenContext context) {
        rows = getRuntimeContext().getMetricGroup().counter(ROWS);
        unreadable = getRuntimeContext().getMetricGroup().counter(UNREADABLE);
    }

    @Override
    public void flatMap(SourceRecord record, Collector<FigureRow> out) {
        if (!record.topic().equals(topic)) {
            return;
        }
        try {
            FigureRow row = figures.row(record);
            if (row != null) {
                out.collect(row);
                rows.inc();
            }
        } catch (RejectedEventException e) {
            unreadable.inc();
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.update(figures.positions());
    }
}
