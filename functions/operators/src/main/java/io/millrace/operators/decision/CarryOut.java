package io.millrace.operators.decision;

import java.io.Serializable;

/** What a command means: the records that it sends. */
@FunctionalInterface
public interface CarryOut<C> extends Serializable {

    void carryOut(C command, Outlet outlet);
}
