package io.millrace.operators.decision;

import io.millrace.logic.decision.Decider;
import io.millrace.logic.decision.Decision;
import io.millrace.logic.decision.Wakes;
import io.millrace.operators.timer.SliceClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Hosts a decider whose key's state is one value, with its metrics. Log times are those of the records that came, which
 * Flink passes along with them. What its commands mean is for the operator that extends it.
 *
 * @param <O> what commands send
 */
public abstract class DeciderOperator<S, I, C, O> extends DecidingOperator<S, I, C, O> {
    private static final long serialVersionUID = 1L;

    /** The metric, in a group by {@link #EFFECT}: what became of what came. */
    public static final String DECISIONS = "decisions";

    public static final String EFFECT = "effect";
    public static final String REMEMBERED_KEYS = "remembered_keys";
    public static final String DECISION_DELAY_MS = "decision_delay_ms";

    static final int HISTOGRAM_SAMPLES = 2_000;

    private final Class<? extends Enum<?>> effects;

    private transient Decider<S, I, C> decider;
    private transient Histogram delay;

    /**
     * @param stateOfKey its name is part of savepoints, as is that of {@code keysOfSubtask}
     * @param keysOfSubtask how many keys a subtask remembers; for the metric alone
     * @param effects what can become of inputs: the constants that decisions have
     */
    protected DeciderOperator(
            ValueStateDescriptor<S> stateOfKey,
            ListStateDescriptor<Long> keysOfSubtask,
            Class<? extends Enum<?>> effects) {
        super(SliceClock.JVM, stateOfKey, keysOfSubtask);
        this.effects = effects;
    }

    /** Made once, when the operator opens. */
    protected abstract Decider<S, I, C> makeDecider() throws Exception;

    /** @param causedAt log time of what came, or the time of the wake-up, milliseconds since the epoch */
    protected abstract void carryOut(C command, long causedAt) throws Exception;

    @Override
    public void open() throws Exception {
        decider = makeDecider();
        delay = getMetricGroup().histogram(DECISION_DELAY_MS, new DescriptiveStatisticsHistogram(HISTOGRAM_SAMPLES));
        super.open();
        getMetricGroup().gauge(REMEMBERED_KEYS, (Gauge<Long>) this::total);
    }

    @Override
    protected final Map<?, Counter> counters() {
        Map<Enum<?>, Counter> counters = new HashMap<>();
        for (Enum<?> effect : effects.getEnumConstants()) {
            String name = effect.name().toLowerCase(Locale.ROOT);
            counters.put(effect, getMetricGroup().addGroup(EFFECT, name).counter(DECISIONS));
        }
        return counters;
    }

    /** Takes what came. */
    protected final void take(StreamRecord<I> element) throws Exception {
        take(element.getValue(), Math.min(element.getTimestamp(), latestLogTime()));
    }

    @Override
    protected final Decision<S, ?, C> decide(S state, I input, long causedAt, long latest) {
        String key = (String) getCurrentKey();
        List<C> commands = new ArrayList<>();
        // What the state asked for before comes before: after an outage records are read ahead of wake-ups.
        S woken = Wakes.until(decider, key, state, causedAt, commands::addAll);
        return decider.decide(key, woken, input, causedAt).after(commands);
    }

    @Override
    protected final Decision<S, ?, C> wake(String key, S state, long time, long latest) {
        List<C> commands = new ArrayList<>();
        // A timer may be of an earlier state, which asked for another time.
        S woken = Wakes.until(decider, key, state, time, commands::addAll);
        return new Decision<>(woken, null, commands);
    }

    @Override
    protected final long nextWake(S state) {
        return decider.nextWake(state);
    }

    @Override
    protected final long share(S state) {
        return 1;
    }

    @Override
    protected final void carryOut(List<C> commands, long causedAt) throws Exception {
        for (C command : commands) {
            delay.update(Math.max(0, wallClock() - causedAt));
            carryOut(command, causedAt);
        }
    }
}
