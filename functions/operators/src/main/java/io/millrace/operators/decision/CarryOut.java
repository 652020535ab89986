package io.millrace.operators.decision;

import java.io.Serializable;

/** What a command means: the records that it sends. */
@FunctionalInterface
public interface CarryOut<C> extends Serializable {

    /** @param causedAt log time of what came, or the time of the wake-up, milliseconds since the epoch */
    void carryOut(C command, long causedAt, Outlet outlet);
}
