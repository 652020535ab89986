package io.millrace.operators.decision;

import io.millrace.logic.decision.Decider;
import java.io.Serializable;

/** Makes the decider of a subtask. */
@FunctionalInterface
public interface DeciderFactory<S, I, C> extends Serializable {
    Decider<S, I, C> create();
}
