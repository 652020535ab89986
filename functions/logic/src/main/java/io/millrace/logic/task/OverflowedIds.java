package io.millrace.logic.task;

import java.util.UUID;

/** The event ids that were moved out of a series' own state by {@link TaskCommand.Overflow}. */
@FunctionalInterface
public interface OverflowedIds {

    /** Log time at which the id was accepted, milliseconds since the epoch; null when it is not among them. */
    Long timeOf(UUID id);
}
