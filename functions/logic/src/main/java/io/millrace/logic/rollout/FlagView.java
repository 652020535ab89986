package io.millrace.logic.rollout;

import io.millrace.schema.rollout.FlagObserved;

/**
 * The flag as it was last observed.
 *
 * @param definition null when it was deleted
 */
public record FlagView(String definition, long loggedAt, long offset) {

    static FlagView of(FlagObserved observed) {
        return new FlagView(observed.definition(), observed.loggedAt().toEpochMilli(), observed.offset());
    }

    /** Whether what was observed is not newer. */
    boolean isNotBefore(FlagObserved observed) {
        long time = observed.loggedAt().toEpochMilli();
        return time < loggedAt || time == loggedAt && observed.offset() <= offset;
    }
}
