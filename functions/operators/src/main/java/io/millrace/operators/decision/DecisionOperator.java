package io.millrace.operators.decision;

import io.millrace.logic.decision.Decider;
import io.millrace.schema.wire.LogTime;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Hosts any decider that is told all it has to know by what comes.
 *
 * @param <O> what commands send
 */
public final class DecisionOperator<S, I, C, O> extends DeciderOperator<S, I, C, O>
        implements OneInputStreamOperator<I, O> {
    private static final long serialVersionUID = 1L;

    private final DeciderFactory<S, I, C> deciders;
    private final CarryOut<C, O> carryOut;
    private final long heldBackMillis;

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
        this(state, stateType, effects, deciders, carryOut, 0);
    }

    private DecisionOperator(
            String state,
            TypeInformation<S> stateType,
            Class<? extends Enum<?>> effects,
            DeciderFactory<S, I, C> deciders,
            CarryOut<C, O> carryOut,
            long heldBackMillis) {
        super(
                new ValueStateDescriptor<>(state, stateType),
                new ListStateDescriptor<>("remembered-keys", Types.LONG),
                effects);
        this.deciders = deciders;
        this.carryOut = carryOut;
        this.heldBackMillis = heldBackMillis;
    }

    /**
     * One whose wake-ups wait for all that was logged before them, up to the last moment: they are up to half a second
     * late, and what is decided is the same whenever the log is read. See ADR 0010.
     */
    public static <S, I, C, O> DecisionOperator<S, I, C, O> inLogOrder(
            String state,
            TypeInformation<S> stateType,
            Class<? extends Enum<?>> effects,
            DeciderFactory<S, I, C> deciders,
            CarryOut<C, O> carryOut) {
        return new DecisionOperator<>(state, stateType, effects, deciders, carryOut, LogTime.IN_LOG_ORDER_MILLIS);
    }

    @Override
    protected long heldBack() {
        return heldBackMillis;
    }

    @Override
    protected Decider<S, I, C> makeDecider() {
        outputs = new Outputs();
        return deciders.create();
    }

    @Override
    public void processElement(StreamRecord<I> element) throws Exception {
        take(element);
    }

    @Override
    protected void carryOut(C command, long causedAt) {
        outputs.causedAt = causedAt;
        carryOut.carryOut(command, outputs);
    }

    private final class Outputs implements Outlet<O> {
        private final Map<String, Counter> counters = new HashMap<>();
        private final Map<String, Histogram> histograms = new HashMap<>();
        private long causedAt;

        @Override
        public void send(O record) {
            // Whoever decides about it next takes this for its log time.
            output.collect(new StreamRecord<>(record, causedAt));
        }

        @Override
        public <T> void send(OutputTag<T> tag, T record) {
            output.collect(tag, new StreamRecord<>(record, causedAt));
        }

        @Override
        public void count(String metric) {
            counters.computeIfAbsent(metric, getMetricGroup()::counter).inc();
        }

        @Override
        public void measure(String metric, long value) {
            histograms
                    .computeIfAbsent(metric, name -> getMetricGroup()
                            .histogram(name, new DescriptiveStatisticsHistogram(HISTOGRAM_SAMPLES)))
                    .update(value);
        }

        @Override
        public long wallClock() {
            return DecisionOperator.this.wallClock();
        }
    }
}
