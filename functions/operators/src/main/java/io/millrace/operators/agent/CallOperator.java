package io.millrace.operators.agent;

import io.millrace.logic.agent.ApprovalProof;
import io.millrace.logic.agent.CallCommand;
import io.millrace.logic.agent.CallDecider;
import io.millrace.logic.agent.CallEffect;
import io.millrace.logic.agent.CallSettings;
import io.millrace.logic.agent.CallState;
import io.millrace.logic.agent.PriceTable;
import io.millrace.logic.decision.Decision;
import io.millrace.operators.decision.DecidingOperator;
import io.millrace.operators.state.KeyedValue;
import io.millrace.operators.state.WriteBackCache;
import io.millrace.operators.timer.SliceClock;
import io.millrace.schema.wire.SourceRecord;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Remembers calls and carries out what is decided about them. Its first input, by owner, are calls and outcomes, its
 * second the registry and flags. Its output are attempts; results are a side output, see {@link CallOutputs}.
 */
public final class CallOperator extends DecidingOperator<CallState, AgentMessage, CallCommand, AgentMessage>
        implements TwoInputStreamOperator<AgentMessage, SourceRecord, AgentMessage> {
    private static final long serialVersionUID = 1L;

    /** Calls in flight, and kept answers that are asked for often. */
    private static final WriteBackCache.Limits ON_THE_HEAP = new WriteBackCache.Limits(4_096, 32 << 20);

    private final CallSettings settings;
    private final PriceTable prices;
    private final ApprovalKey approvalKey;
    private final AgentSources sources;

    private transient KnownAgents agents;
    private transient CallDecider decider;
    private transient AgentMetrics.CallMetrics metrics;
    private transient CallOutputs outputs;

    public CallOperator(CallSettings settings, PriceTable prices, ApprovalKey approvalKey, AgentSources sources) {
        this(settings, prices, approvalKey, sources, SliceClock.JVM);
    }

    CallOperator(
            CallSettings settings,
            PriceTable prices,
            ApprovalKey approvalKey,
            AgentSources sources,
            SliceClock sliceClock) {
        super(sliceClock, AgentState.CALL, AgentState.WAITING);
        this.settings = settings;
        this.prices = prices;
        this.approvalKey = approvalKey;
        this.sources = sources;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        agents = new KnownAgents(context.getOperatorStateStore(), sources);
    }

    @Override
    public void open() throws Exception {
        metrics = new AgentMetrics.CallMetrics(getMetricGroup());
        super.open();
        agents.notAfter(latestLogTime());
        ApprovalProof approvals = approvalKey.read();
        decider = new CallDecider(settings, prices, approvals, (call, registry) -> agents.version(call, wallClock()));
        getMetricGroup().gauge(AgentMetrics.WAITING_CALLS, (Gauge<Long>) this::total);
        outputs = new CallOutputs(output, metrics);
    }

    @Override
    protected KeyedValue<CallState> keep(ValueState<CallState> state) {
        return new WriteBackCache<>(this, state, CallState::heapBytes, ON_THE_HEAP);
    }

    @Override
    protected Map<CallEffect, Counter> counters() {
        return metrics.effects;
    }

    @Override
    public void processElement1(StreamRecord<AgentMessage> element) throws Exception {
        AgentMessage message = element.getValue();
        take(message, message.loggedAt());
    }

    @Override
    public void processElement2(StreamRecord<SourceRecord> element) throws Exception {
        agents.apply(element.getValue(), latestLogTime());
    }

    @Override
    protected Decision<CallState, CallEffect, CallCommand> decide(
            CallState state, AgentMessage message, long causedAt, long latest) {
        if (message.call() != null) {
            return decider.decide(state, message.call(), latest, agents.registry());
        }
        long loggedAt = Math.min(causedAt, latest);
        return decider.settle(state, message.outcome(), loggedAt, latest, hasRead(loggedAt), agents.registry());
    }

    @Override
    protected Decision<CallState, CallEffect, CallCommand> wake(String owner, CallState state, long time, long latest) {
        return decider.wake(owner, state, time, latest, agents.registry());
    }

    @Override
    protected long nextWake(CallState state) {
        return state.nextWake(settings);
    }

    @Override
    protected CallState notAfter(CallState state, long latest) {
        return state.notAfter(latest);
    }

    @Override
    protected long share(CallState state) {
        return state.waiting();
    }

    @Override
    protected void carryOut(List<CallCommand> commands, long causedAt) {
        outputs.send(commands, agents);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        agents.keep();
    }
}
