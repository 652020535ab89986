package io.millrace.operators.decision;

import java.io.Serializable;

/**
 * What a command means: what it sends.
 *
 * @param <C> the command
 * @param <O> what is sent
 */
@FunctionalInterface
public interface CarryOut<C, O> extends Serializable {

    void carryOut(C command, Outlet<O> outlet);
}
