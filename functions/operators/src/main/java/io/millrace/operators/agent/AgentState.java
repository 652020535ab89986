package io.millrace.operators.agent;

import io.millrace.logic.agent.CallState;
import io.millrace.logic.agent.CallStateCodec;
import io.millrace.operators.codec.CodecTypeInfo;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The state of the agents job. Nothing has a time-to-live of Flink's, which goes by the wall clock: the logic says when
 * something is forgotten, by log time.
 */
public final class AgentState {

    /**
     * By owner: a call, or those that may share an answer; forgotten when nobody waits, keeps an answer or could come
     * again.
     */
    static final ValueStateDescriptor<CallState> CALL =
            new ValueStateDescriptor<>("call", CodecTypeInfo.by(CallStateCodec.class));

    /**
     * By tenant or by agent: a gate, encoded by itself; a tenant's is forgotten when it holds nothing, an agent's
     * never, as there are few.
     */
    static final ValueStateDescriptor<byte[]> GATE =
            new ValueStateDescriptor<>("gate", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    /** The whole registry under one name, the same in every subtask. */
    static final MapStateDescriptor<String, byte[]> REGISTRY = new MapStateDescriptor<>(
            "agent-registry", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    /** How many calls wait for an answer in a subtask; for the metric alone, and added up over the subtasks. */
    static final ListStateDescriptor<Long> WAITING = new ListStateDescriptor<>("waiting-calls", Types.LONG);

    private AgentState() {}
}
