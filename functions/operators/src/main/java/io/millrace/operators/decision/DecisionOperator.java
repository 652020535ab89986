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
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Hosts any decider whose key's state is one value. Log times are those of the records that came, which Flink passes
 * along with them.
 *
 * @param <O> what commands send
 */
public final class DecisionOperator<S, I, C, O> extends DecidingOperator<S, I, C, O>
        implements OneInputStreamOperator<I, O> {
    private static final long serialVersionUID = 1L;

    /** The metric, in a group by {@link #EFFECT}: what became of what came. */
    public static final String DECISIONS = "decisions";

    public static final String EFFECT = "effect";
    public static final String REMEMBERED_KEYS = "remembered_keys";
    public static final String DECISION_DELAY_MS = "decision_delay_ms";

    private static final int HISTOGRAM_SAMPLES = 2_000;

    private final Class<? extends Enum<?>> effects;
    private final DeciderFactory<S, I, C> deciders;
    private final CarryOut<C, O> carryOut;

    private transient Decider<S, I, C> decider;
    private transient Outputs outputs;

    /**
     * @param state its name is part of savepoints
     * @param effects what can become of inputs: the constants that decisions have
     */
    public DecisionOperator(
            String state,
            TypeInformation<S> stateType,
            Class<? extends Enum<?>> effects,
            DeciderFactory<S, I, C> deciders,
            CarryOut<C, O> carryOut) {
        super(
                SliceClock.JVM,
                new ValueStateDescriptor<>(state, stateType),
                new ListStateDescriptor<>("remembered-keys", Types.LONG));
        this.effects = effects;
        this.deciders = deciders;
        this.carryOut = carryOut;
    }

    @Override
    public void open() throws Exception {
        decider = deciders.create();
        outputs = new Outputs();
        super.open();
        getMetricGroup().gauge(REMEMBERED_KEYS, (Gauge<Long>) this::total);
    }

    @Override
    protected Map<?, Counter> counters() {
        Map<Enum<?>, Counter> counters = new HashMap<>();
        for (Enum<?> effect : effects.getEnumConstants()) {
            String name = effect.name().toLowerCase(Locale.ROOT);
            counters.put(effect, getMetricGroup().addGroup(EFFECT, name).counter(DECISIONS));
        }
        return counters;
    }

    @Override
    public void processElement(StreamRecord<I> element) throws Exception {
        take(element.getValue(), Math.min(element.getTimestamp(), latestLogTime()));
    }

    @Override
    protected Decision<S, ?, C> decide(S state, I input, long causedAt, long latest) {
        String key = (String) getCurrentKey();
        List<C> commands = new ArrayList<>();
        // What the state asked for before comes before: after an outage records are read ahead of wake-ups.
        S woken = Wakes.until(decider, key, state, causedAt, commands::addAll);
        return decider.decide(key, woken, input, causedAt).after(commands);
    }

    @Override
    protected Decision<S, ?, C> wake(String key, S state, long time, long latest) {
        List<C> commands = new ArrayList<>();
        // A timer may be of an earlier state, which asked for another time.
        S woken = Wakes.until(decider, key, state, time, commands::addAll);
        return new Decision<>(woken, null, commands);
    }

    @Override
    protected long nextWake(S state) {
        return decider.nextWake(state);
    }

    @Override
    protected long share(S state) {
        return 1;
    }

    @Override
    protected void carryOut(List<C> commands, long causedAt) {
        for (C command : commands) {
            outputs.delay.update(Math.max(0, wallClock() - causedAt));
            outputs.causedAt = causedAt;
            carryOut.carryOut(command, outputs);
        }
    }

    private final class Outputs implements Outlet<O> {
        private final DescriptiveStatisticsHistogram delay =
                getMetricGroup().histogram(DECISION_DELAY_MS, new DescriptiveStatisticsHistogram(HISTOGRAM_SAMPLES));
        private final Map<String, Counter> counters = new HashMap<>();
        private long causedAt;

        @Override
        public void send(O record) {
            // Whoever decides about it next takes this for its log time.
            output.collect(new StreamRecord<>(record, causedAt));
        }

        @Override
        public void count(String metric) {
            counters.computeIfAbsent(metric, getMetricGroup()::counter).inc();
        }

        @Override
        public long wallClock() {
            return DecisionOperator.this.wallClock();
        }
    }
}
