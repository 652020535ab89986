package io.millrace.logic.analytics;

import io.millrace.logic.decision.Decider;
import io.millrace.logic.decision.Decision;
import io.millrace.schema.analytics.Dimension;
import io.millrace.schema.analytics.FiguresCounted;
import io.millrace.schema.analytics.FiguresCounted.Distribution;
import io.millrace.schema.analytics.FiguresCounted.Status;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Uuid5;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Adds up a row of figures. It is told while it changes, when its time is over, and again when something came even
 * later; then it is forgotten.
 */
public final class FigureDecider implements Decider<FigureState, Contribution, FiguresCounted> {
    private static final UUID FIGURES = UUID.fromString("9b1ddc29-7e0a-5b0e-8a1c-5d7e5e6a2f31");

    private final Pace pace;

    /** What becomes of a contribution. */
    public enum Effect {
        ADDED,
        /** The row was forgotten already. */
        TOO_LATE
    }

    /**
     * When rows are told, in milliseconds.
     *
     * @param every a row that changes is told at most once in this time
     * @param lateness how long after its time a row is closed
     * @param corrections how long after that it takes more
     */
    public record Pace(long every, long lateness, long corrections) implements java.io.Serializable {
        long close(long end) {
            return end + lateness;
        }

        long forget(long end) {
            return end + lateness + corrections;
        }
    }

    public FigureDecider(Pace pace) {
        this.pace = pace;
    }

    @Override
    public Decision<FigureState, Effect, FiguresCounted> decide(
            String key, FigureState state, Contribution input, long time) {
        FigureState before = state == null ? FigureState.of(input) : state;
        if (state == null && time >= pace.forget(before.end())) {
            return new Decision<>(null, Effect.TOO_LATE, List.of());
        }
        return new Decision<>(before.with(input.amounts(), time), Effect.ADDED, List.of());
    }

    @Override
    public Decision<FigureState, Effect, FiguresCounted> wake(String key, FigureState state, long time) {
        boolean over = time >= pace.close(state.end());
        if (state.changedAt() == 0 && state.closed()) {
            return new Decision<>(null, null, List.of());
        }
        Status status = state.closed() ? Status.CORRECTED : over ? Status.CLOSED : Status.OPEN;
        FigureState told = state.told(over);
        List<FiguresCounted> row = List.of(row(key, told, status, time));
        return new Decision<>(time >= pace.forget(state.end()) ? null : told, null, row);
    }

    @Override
    public long nextWake(FigureState state) {
        long tell = state.changedAt() == 0 ? Long.MAX_VALUE : state.changedAt() + pace.every();
        if (!state.closed()) {
            return Math.min(tell, pace.close(state.end()));
        }
        return state.changedAt() == 0 ? pace.forget(state.end()) : tell;
    }

    private static FiguresCounted row(String key, FigureState state, Status status, long time) {
        UUID id = Uuid5.of(FIGURES, key + '\n' + state.revision());
        Map<String, String> dimensions = new TreeMap<>();
        for (int i = 0; i < state.dimensions().size(); i++) {
            Dimension dimension = state.table().dimensions().get(i);
            if (!state.dimensions().get(i).isEmpty()) {
                dimensions.put(dimension.name(), state.dimensions().get(i));
            }
        }
        Map<String, Distribution> distributions = new TreeMap<>();
        state.distributions().forEach((name, histogram) -> distributions.put(name, histogram.distribution()));
        return new FiguresCounted(
                new Envelope(id, "analytics.counted", Instant.ofEpochMilli(time), state.tenant(), null, null),
                state.table(),
                state.period(),
                Instant.ofEpochMilli(state.start()),
                dimensions,
                status,
                state.revision(),
                state.sums(),
                distributions);
    }
}
