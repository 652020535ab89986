package io.millrace.operators.rollout;

import io.millrace.operators.metric.ByName;
import io.millrace.schema.rollout.RolloutStatus;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of the rollout job; docs/rollout.md explains each. Of so many flags as {@link ByName} allows. */
public final class RolloutMetrics {
    public static final String SIGNALS_AGAIN = "signals_again";
    public static final String SIGNALS_TOO_LATE = "signals_too_late";
    public static final String SIGNALS_DROPPED = "signals_dropped";

    public static final String FLAGS_WRITTEN = "flags_written";
    public static final String FLAGS_UNFIT = "flags_unfit";
    public static final String FLAGS_AHEAD = "flags_ahead";

    public static final String KIND = "kind";
    /** By {@link #KIND}. */
    public static final String ROLLOUT_EVENTS = "rollout_events";

    public static final String FLAG = "flag";
    /** By {@link #FLAG}, as the two after it. */
    public static final String PERCENT = "percent";

    public static final String PHASE = "phase";
    public static final String NEAREST = "nearest";

    private final ByName<OfOne> byFlag;

    RolloutMetrics(MetricGroup group) {
        byFlag = new ByName<>(flag -> flag.equals(ByName.OTHERS) ? OfOne.NONE : OfOne.of(flag, group));
    }

    void measure(String flag, RolloutStatus status) {
        OfOne one = byFlag.of(flag);
        if (one != OfOne.NONE) {
            one.status = status;
        }
    }

    private static final class OfOne {
        private static final OfOne NONE = new OfOne();

        private volatile RolloutStatus status;

        private static OfOne of(String flag, MetricGroup group) {
            MetricGroup own = group.addGroup(FLAG, flag);
            OfOne one = new OfOne();
            own.gauge(PERCENT, (Gauge<Integer>) () -> one.status == null ? 0 : one.status.percent());
            own.gauge(PHASE, (Gauge<Integer>)
                    () -> one.status == null ? -1 : one.status.phase().ordinal());
            own.gauge(NEAREST, (Gauge<Double>) one::nearest);
            return one;
        }

        private double nearest() {
            RolloutStatus now = status;
            return now == null || now.path().isEmpty()
                    ? 0
                    : now.path().get(now.path().size() - 1);
        }
    }
}
