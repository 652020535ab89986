package io.millrace.operators.decision;

import io.millrace.logic.decision.Decision;
import io.millrace.operators.state.KeyedValue;
import io.millrace.operators.timer.PacedTimerOperator;
import io.millrace.operators.timer.SliceClock;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;

/**
 * Remembers a state for each key and carries out what is decided about it: when something comes, and when the wake-up
 * comes that the state asks for. What a job adds is the decision itself and what its commands mean.
 *
 * @param <S> the state of a key, immutable
 * @param <I> what comes
 * @param <C> what is to be carried out
 * @param <O> the output
 */
public abstract class DecidingOperator<S, I, C, O> extends PacedTimerOperator<String, O> {
    private static final long serialVersionUID = 1L;

    /** The metrics of every operator that decides. */
    public static final String INPUT_CLOCK_LAG_MS = "input_clock_lag_ms";

    public static final String WAKE_UP_HORIZON_MS = "wake_up_horizon_ms";

    private final ValueStateDescriptor<S> stateOfKey;
    private final ListStateDescriptor<Long> totalOfSubtask;

    private transient KeyedValue<S> states;
    private transient ListState<Long> totalState;
    private transient long total;
    private transient Map<?, Counter> counters;

    /**
     * @param stateOfKey a key without it has no wake-up
     * @param totalOfSubtask keeps the sum of {@link #share} for the metric alone, and is added up over the subtasks
     */
    protected DecidingOperator(
            SliceClock sliceClock, ValueStateDescriptor<S> stateOfKey, ListStateDescriptor<Long> totalOfSubtask) {
        super(sliceClock);
        this.stateOfKey = stateOfKey;
        this.totalOfSubtask = totalOfSubtask;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        totalState = context.getOperatorStateStore().getListState(totalOfSubtask);
        total = 0;
        for (Long part : totalState.get()) {
            total += part;
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        states = keep(getRuntimeContext().getState(stateOfKey));
        counters = counters();
        getMetricGroup().gauge(INPUT_CLOCK_LAG_MS, (Gauge<Long>) this::inputClockLag);
        getMetricGroup().gauge(WAKE_UP_HORIZON_MS, (Gauge<Long>) this::wakeUpHorizon);
    }

    /** How the states are kept. */
    protected KeyedValue<S> keep(ValueState<S> state) {
        return KeyedValue.of(state);
    }

    /** What counts the effects of decisions; an effect without a counter is not counted. */
    protected abstract Map<?, Counter> counters();

    /**
     * Decides about the current key.
     *
     * @param state null when nothing is remembered
     * @param causedAt log time of what came, as it was given to {@link #take}
     * @param latest the latest log time there can be by now, milliseconds since the epoch
     */
    protected abstract Decision<S, ?, C> decide(S state, I input, long causedAt, long latest);

    /**
     * Decides what comes of a wake-up.
     *
     * @param time for when it was set, milliseconds since the epoch
     * @param latest the latest log time there can be by now, milliseconds since the epoch
     */
    protected abstract Decision<S, ?, C> wake(String key, S state, long time, long latest);

    /** When the state asks to be woken, milliseconds since the epoch; {@link Long#MAX_VALUE} for never. */
    protected abstract long nextWake(S state);

    /** The state as a decision at this time finds it, where a time to come may have got into it. */
    protected S notAfter(S state, long latest) {
        return state;
    }

    /** What the state adds to the {@link #total}. */
    protected abstract long share(S state);

    /** @param causedAt log time of what came, or the time of the wake-up, milliseconds since the epoch */
    protected abstract void carryOut(List<C> commands, long causedAt) throws Exception;

    /** The sum of {@link #share} over the states of this subtask. */
    protected final long total() {
        return total;
    }

    /**
     * Takes what came for the current key.
     *
     * @param causedAt its log time, milliseconds since the epoch
     */
    protected final void take(I input, long causedAt) throws Exception {
        S before = states.value();
        Decision<S, ?, C> decision = decide(before, input, causedAt, latestLogTime());
        Counter counter = counters.get(decision.effect());
        if (counter != null) {
            counter.inc();
        }
        remember(before, decision.state());
        carryOut(decision.commands(), causedAt);
    }

    @Override
    protected final void onWake(long time) throws Exception {
        S before = states.value();
        if (before == null) {
            return;
        }
        Decision<S, ?, C> decision = wake((String) getCurrentKey(), before, time, latestLogTime());
        remember(before, decision.state());
        // The wake-up that brought us here is used up, also when the next one is for the same time.
        long next = wakeOf(decision.state());
        if (next < Long.MAX_VALUE) {
            wakeAt(next);
        }
        carryOut(decision.commands(), time);
    }

    private void remember(S before, S after) throws IOException {
        if (after == before) {
            return;
        }
        states.update(after);
        moveWake(wakeOf(before), wakeOf(after));
        total += (after == null ? 0 : share(after)) - (before == null ? 0 : share(before));
    }

    private long wakeOf(S state) {
        return state == null ? Long.MAX_VALUE : nextWake(state);
    }

    @Override
    protected final String wokenState() {
        return stateOfKey.getName();
    }

    @Override
    protected final long nextWake() throws IOException {
        S state = states.value();
        return state == null ? Long.MAX_VALUE : nextWake(notAfter(state, latestLogTime()));
    }

    @Override
    protected final void writeBack() throws IOException {
        states.writeBack();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        totalState.update(List.of(total));
    }
}
