package io.millrace.operators.agent;

import io.millrace.logic.agent.ApprovalProof;
import io.millrace.logic.agent.CallDecider;
import io.millrace.logic.agent.CallDecision;
import io.millrace.logic.agent.CallSettings;
import io.millrace.logic.agent.CallState;
import io.millrace.logic.agent.PriceTable;
import io.millrace.operators.state.WriteBackCache;
import io.millrace.operators.timer.PacedTimerOperator;
import io.millrace.operators.timer.SliceClock;
import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Remembers calls and carries out what is decided about them. Its first input, by owner, are calls and outcomes, its second the
 * registry. Its output are attempts; results are a side output, see {@link CallOutputs}.
 */
public final class CallOperator extends PacedTimerOperator<String, AgentMessage>
        implements TwoInputStreamOperator<AgentMessage, SourceRecord, AgentMessage> {
    private static final long serialVersionUID = 1L;

    /** Calls in flight, and kept answers that are asked for often. */
    private static final WriteBackCache.Limits ON_THE_HEAP = new WriteBackCache.Limits(4_096, 32 << 20);

    private final CallSettings settings;
    private final PriceTable prices;
    private final ApprovalKey approvalKey;
    private final TreeSet<String> transports;

    private transient RegistryState registry;
    private transient CallDecider decider;
    private transient WriteBackCache<CallState> calls;
    private transient ListState<Long> waitingState;
    private transient long waiting;
    private transient AgentMetrics.CallMetrics metrics;
    private transient CallOutputs outputs;

    /** @param transports the kinds of transport that the job has */
    public CallOperator(CallSettings settings, PriceTable prices, ApprovalKey approvalKey, Set<String> transports) {
        this(settings, prices, approvalKey, transports, SliceClock.JVM);
    }

    CallOperator(
            CallSettings settings,
            PriceTable prices,
            ApprovalKey approvalKey,
            Set<String> transports,
            SliceClock sliceClock) {
        super(sliceClock);
        this.settings = settings;
        this.prices = prices;
        this.approvalKey = approvalKey;
        this.transports = new TreeSet<>(transports);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        registry = new RegistryState(context.getOperatorStateStore(), transports);
        waitingState = context.getOperatorStateStore().getListState(AgentState.WAITING);
        waiting = 0;
        for (Long part : waitingState.get()) {
            waiting += part;
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        registry.notAfter(latestLogTime());
        ApprovalProof approvals = approvalKey.read();
        decider = new CallDecider(settings, prices, approvals);
        calls = new WriteBackCache<>(
                this, getRuntimeContext().getState(AgentState.CALL), CallState::heapBytes, ON_THE_HEAP);
        metrics = new AgentMetrics.CallMetrics(getMetricGroup());
        getMetricGroup().gauge(AgentMetrics.WAITING_CALLS, (Gauge<Long>) () -> waiting);
        getMetricGroup().gauge(AgentMetrics.INPUT_CLOCK_LAG_MS, (Gauge<Long>) this::inputClockLag);
        outputs = new CallOutputs(output, metrics);
    }

    @Override
    public void processElement1(StreamRecord<AgentMessage> element) throws Exception {
        AgentMessage message = element.getValue();
        CallState before = calls.value();
        long latest = latestLogTime();
        long loggedAt = Math.min(message.loggedAt(), latest);
        CallDecision decision = message.call() != null
                ? decider.decide(before, message.call(), latest, registry.registry())
                : decider.settle(before, message.outcome(), loggedAt, latest, hasRead(loggedAt), registry.registry());
        metrics.count(decision.effect());
        remember(before, decision.state());
        outputs.send(decision.commands(), registry.registry());
    }

    @Override
    public void processElement2(StreamRecord<SourceRecord> element) throws Exception {
        registry.apply(element.getValue(), latestLogTime());
    }

    @Override
    protected void onWake(long time) throws Exception {
        CallState before = calls.value();
        if (before == null) {
            return;
        }
        CallDecision decision =
                decider.wake((String) getCurrentKey(), before, time, latestLogTime(), registry.registry());
        remember(before, decision.state());
        // The wake-up that brought us here is used up, also when the next one is for the same time.
        if (decision.state() != null && decision.state().nextWake(settings) < Long.MAX_VALUE) {
            wakeAt(decision.state().nextWake(settings));
        }
        outputs.send(decision.commands(), registry.registry());
    }

    @Override
    protected String wokenState() {
        return AgentState.CALL.getName();
    }

    @Override
    protected long nextWake() throws Exception {
        CallState state = calls.value();
        return state == null ? Long.MAX_VALUE : nextWake(state.notAfter(latestLogTime()));
    }

    private long nextWake(CallState state) {
        return state == null ? Long.MAX_VALUE : state.nextWake(settings);
    }

    private void remember(CallState before, CallState after) throws Exception {
        if (after == before) {
            return;
        }
        calls.update(after);
        moveWake(nextWake(before), nextWake(after));
        waiting += (after == null ? 0 : after.waiting()) - (before == null ? 0 : before.waiting());
    }

    @Override
    protected void writeBack() throws IOException {
        calls.writeBack();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        registry.keep();
        waitingState.update(List.of(waiting));
    }
}
