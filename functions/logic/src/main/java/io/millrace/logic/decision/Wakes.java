package io.millrace.logic.decision;

import java.util.List;
import java.util.function.Consumer;

/** The wake-ups of a key, one after the other. */
public final class Wakes {

    private Wakes() {}

    /**
     * Wakes the key for each time up to {@code end} that its state asks for.
     *
     * @param state null when nothing is remembered
     * @param end inclusive, milliseconds since the epoch
     * @param commands told the commands of each decision
     * @return the state after them; null when there is nothing left to remember
     * @throws IllegalStateException when the decider asks again for the time it was just woken for
     */
    public static <S, C> S until(Decider<S, ?, C> decider, String key, S state, long end, Consumer<List<C>> commands) {
        S current = state;
        while (current != null) {
            long time = decider.nextWake(current);
            if (time > end) {
                break;
            }
            Decision<S, ?, C> decision = decider.wake(key, current, time);
            commands.accept(decision.commands());
            current = decision.state();
            if (current != null && decider.nextWake(current) == time) {
                throw new IllegalStateException("woken for " + time + ", " + key + " asks for that time again");
            }
        }
        return current;
    }
}
