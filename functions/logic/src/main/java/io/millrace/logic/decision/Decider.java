package io.millrace.logic.decision;

/**
 * Decides about keys, each by itself. It has no state of its own: everything it may know is passed in, and the same
 * arguments give the same decision.
 *
 * @param <S> what is remembered of a key, immutable
 * @param <I> what comes
 * @param <C> what is to be carried out
 */
public interface Decider<S, I, C> {

    /**
     * Something came.
     *
     * @param state null when nothing is remembered
     * @param time its log time, milliseconds since the epoch
     */
    Decision<S, ?, C> decide(String key, S state, I input, long time);

    /**
     * The time has come for which the state asked. Whatever was logged before has been decided about.
     *
     * @param time the one it asked for, milliseconds since the epoch; the state that comes of it has to ask for a later
     *     one. One that has passed already when it is asked for is taken at once
     */
    Decision<S, ?, C> wake(String key, S state, long time);

    /** When the state asks to be woken, milliseconds since the epoch; {@link Long#MAX_VALUE} for never. */
    long nextWake(S state);
}
