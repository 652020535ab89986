package io.millrace.operators.workflow;

import io.millrace.logic.workflow.RunState;
import io.millrace.logic.workflow.RunStateCodec;
import io.millrace.logic.workflow.bind.KnownAgent;
import io.millrace.logic.workflow.bind.KnownAgentCodec;
import io.millrace.logic.workflow.bind.KnownDefinition;
import io.millrace.logic.workflow.bind.KnownDefinitionCodec;
import io.millrace.logic.workflow.bind.WaitingStart;
import io.millrace.logic.workflow.bind.WaitingStartCodec;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.schema.workflow.WorkflowDefined;
import io.millrace.schema.workflow.WorkflowDefinedCodec;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** The state of the workflows job. Nothing has a time-to-live of Flink's. */
public final class WorkflowState {
    /** By {@code tenant/workflow/version}; the same in every subtask, and never forgotten. */
    public static final MapStateDescriptor<String, KnownDefinition> DEFINITIONS =
            new MapStateDescriptor<>("known-definitions", Types.STRING, CodecTypeInfo.by(KnownDefinitionCodec.class));

    /** By name, the same in every subtask; those that are removed are forgotten. */
    public static final MapStateDescriptor<String, KnownAgent> AGENTS =
            new MapStateDescriptor<>("known-agents", Types.STRING, CodecTypeInfo.by(KnownAgentCodec.class));

    /** The whole of each by {@code tenant/digest}, where runs are; the same in every subtask, and never forgotten. */
    static final MapStateDescriptor<String, WorkflowDefined> TEXTS =
            new MapStateDescriptor<>("definitions", Types.STRING, CodecTypeInfo.by(WorkflowDefinedCodec.class));

    /** By {@code tenant/run}; the logic says when one is forgotten. */
    static final ValueStateDescriptor<RunState> RUN =
            new ValueStateDescriptor<>("run", CodecTypeInfo.by(RunStateCodec.class));

    /** How many runs a subtask knows; for the metric alone, and added up over the subtasks. */
    static final ListStateDescriptor<Long> RUNS = new ListStateDescriptor<>("known-runs", Types.LONG);

    /** By run: a start that waits; forgotten when it is bound or refused. */
    static final ValueStateDescriptor<WaitingStart> WAITING =
            new ValueStateDescriptor<>("waiting-start", CodecTypeInfo.by(WaitingStartCodec.class));

    private WorkflowState() {}
}
