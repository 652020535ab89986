package io.millrace.operators.rollout;

import io.millrace.logic.rollout.RolloutFigures;
import io.millrace.operators.metric.ByName;
import io.millrace.schema.event.EventType;
import io.millrace.schema.rollout.RolloutEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.Counter;
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
    /** By {@link #FLAG}, as those after it. */
    public static final String PERCENT = "percent";

    public static final String PHASE = "phase";
    public static final String NEAREST = "nearest";
    public static final String WAITS_FOR = "waits_for";
    public static final String WAITS_MS = "waits_ms";
    public static final String SILENT_MS = "silent_ms";
    public static final String UNWRITTEN_MS = "unwritten_ms";
    public static final String SAMPLE_RATIO_OFF = "sample_ratio_off";
    public static final String TAKEN_BACK = "taken_back";

    private final Map<RolloutEvent.Kind, Counter> events = new EnumMap<>(RolloutEvent.Kind.class);
    private final Map<String, RolloutFigures> latest = new ConcurrentHashMap<>();
    private final ByName<Counter> takenBack;

    RolloutMetrics(MetricGroup group) {
        for (RolloutEvent.Kind kind : RolloutEvent.Kind.values()) {
            events.put(kind, group.addGroup(KIND, EventType.wireName(kind)).counter(ROLLOUT_EVENTS));
        }
        takenBack = new ByName<>(flag -> register(flag, group.addGroup(FLAG, flag)));
    }

    private Counter register(String flag, MetricGroup own) {
        if (!flag.equals(ByName.OTHERS)) {
            own.gauge(PERCENT, of(flag, RolloutFigures::percent, 0));
            own.gauge(PHASE, of(flag, figures -> figures.phase().ordinal(), -1));
            own.gauge(NEAREST, (Gauge<Double>) () -> {
                RolloutFigures now = latest.get(flag);
                return now == null ? 0 : now.nearest();
            });
            own.gauge(WAITS_FOR, of(flag, RolloutMetrics::obstacle, 0));
            own.gauge(WAITS_MS, of(flag, figures -> age(figures.waitsSince()), 0));
            own.gauge(SILENT_MS, of(flag, figures -> age(figures.silentSince()), 0));
            own.gauge(UNWRITTEN_MS, of(flag, figures -> age(figures.unwrittenSince()), 0));
            own.gauge(SAMPLE_RATIO_OFF, of(flag, figures -> figures.sampleRatioOff() ? 1 : 0, 0));
        }
        return own.counter(TAKEN_BACK);
    }

    private Gauge<Long> of(String flag, ToLongFunction<RolloutFigures> figure, long none) {
        return () -> {
            RolloutFigures now = latest.get(flag);
            return now == null ? none : figure.applyAsLong(now);
        };
    }

    /** 0 for nothing. */
    private static int obstacle(RolloutFigures figures) {
        return figures.obstacle() == null ? 0 : figures.obstacle().ordinal() + 1;
    }

    private static long age(long since) {
        return since == 0 ? 0 : Math.max(0, System.currentTimeMillis() - since);
    }

    void happened(RolloutEvent event) {
        events.get(event.kind()).inc();
        Counter ofFlag = takenBack.of(event.flag());
        if (event.kind() == RolloutEvent.Kind.ROLLED_BACK && event.causeId() == null) {
            ofFlag.inc();
        }
    }

    void measure(RolloutFigures figures) {
        takenBack.of(figures.flag());
        if (latest.containsKey(figures.flag()) || latest.size() < ByName.MAX_NAMES) {
            latest.put(figures.flag(), figures);
        }
    }

    /** There is no roll-out of the flag any more; Flink keeps its metrics until the task ends. */
    void gone(String flag) {
        latest.remove(flag);
    }

    /** Of all flags that are measured. */
    List<RolloutFigures> all() {
        return List.copyOf(latest.values());
    }
}
