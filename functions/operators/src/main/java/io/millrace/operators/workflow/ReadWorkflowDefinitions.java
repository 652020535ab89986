package io.millrace.operators.workflow;

import io.millrace.logic.workflow.bind.BindingFact;
import io.millrace.logic.workflow.bind.BindingFactCodec;
import io.millrace.logic.workflow.bind.DefinitionBook;
import io.millrace.logic.workflow.bind.KnownDefinition;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.operators.deadletter.Rejections;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.workflow.WorkflowDefined;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Lets through the definitions that can be run, each once; the rest goes to {@link Rejections#DEAD_LETTERS}. With a
 * parallelism of one, so that all see versions in the order in which they were accepted.
 */
public final class ReadWorkflowDefinitions extends ProcessFunction<SourceRecord, WorkflowDefined>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    /** What starts have to know of them. */
    public static final OutputTag<BindingFact> FACTS =
            new OutputTag<>("facts", CodecTypeInfo.by(BindingFactCodec.class));

    private final ProgramReader programs;

    private transient BroadcastState<String, KnownDefinition> kept;
    private transient DefinitionBook book;
    private transient Rejections rejections;

    public ReadWorkflowDefinitions(ProgramReader programs) {
        this.programs = programs;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        kept = context.getOperatorStateStore().getBroadcastState(WorkflowState.DEFINITIONS);
        book = new DefinitionBook();
        for (Map.Entry<String, KnownDefinition> entry : kept.immutableEntries()) {
            book.put(entry.getValue());
        }
    }

    @Override
    public void open(OpenContext context) {
        rejections = new Rejections(getRuntimeContext().getMetricGroup());
        getRuntimeContext().getMetricGroup().gauge(WorkflowMetrics.DEFINITIONS, (Gauge<Integer>) () -> book.size());
    }

    @Override
    public void processElement(SourceRecord source, Context context, Collector<WorkflowDefined> out) throws Exception {
        WorkflowDefined defined;
        KnownDefinition known;
        try {
            defined = EventReader.read(WorkflowDefined::read, source);
            requireKey(defined, source);
            known = known(defined);
            if (!book.put(known)) {
                return;
            }
        } catch (RejectedEventException e) {
            context.output(Rejections.DEAD_LETTERS, rejections.reject(source, e));
            return;
        }
        kept.put(known.key(), known);
        out.collect(defined);
        context.output(FACTS, BindingFact.of(known));
    }

    private KnownDefinition known(WorkflowDefined defined) throws RejectedEventException {
        return new KnownDefinition(
                defined.envelope().tenant(),
                defined.workflow(),
                defined.version(),
                defined.digest(),
                List.copyOf(programs.read(defined).agents()),
                defined.text().length());
    }

    /** Compaction keeps the latest record of each key: with another key it would take another definition's place. */
    private static void requireKey(WorkflowDefined defined, SourceRecord source) throws RejectedEventException {
        String key = source.key() == null ? null : new String(source.key(), StandardCharsets.UTF_8);
        if (!defined.key().equals(key)) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_KEY,
                    "the key of a definition is \"" + defined.key() + "\"; the record has "
                            + (key == null ? "none" : "\"" + key + "\""));
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        // The state is up to date.
    }
}
