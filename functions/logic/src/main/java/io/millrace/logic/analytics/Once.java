package io.millrace.logic.analytics;

import io.millrace.logic.decision.Decider;
import io.millrace.logic.decision.Decision;
import java.util.List;
import java.util.function.Function;

/**
 * Counts what has an id once, however often it comes within some time.
 *
 * @param <I> what comes, by its id
 */
public final class Once<I> implements Decider<Once.Seen, I, Fact> {
    private final long keep;
    private final Function<I, Fact> fact;

    /** What becomes of what comes. */
    public enum Effect {
        COUNTED,
        DUPLICATE
    }

    /** @param until it is remembered, milliseconds since the epoch */
    public record Seen(long until) {}

    /** @param keep how long it is remembered, milliseconds */
    public Once(long keep, Function<I, Fact> fact) {
        this.keep = keep;
        this.fact = fact;
    }

    @Override
    public Decision<Seen, Effect, Fact> decide(String key, Seen state, I input, long time) {
        return state != null
                ? new Decision<>(state, Effect.DUPLICATE, List.of())
                : new Decision<>(
                        new Seen(time + keep),
                        Effect.COUNTED,
                        List.of(fact.apply(input).seenAt(time)));
    }

    @Override
    public Decision<Seen, Effect, Fact> wake(String key, Seen state, long time) {
        return new Decision<>(null, null, List.of());
    }

    @Override
    public long nextWake(Seen state) {
        return state.until();
    }
}
