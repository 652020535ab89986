package io.millrace.logic.agent.gate;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentOutcome;

/** Something to be done as a consequence of what a gate decided, in the order given. */
public sealed interface GateCommand {

    /** Let an attempt through. */
    record Forward(AgentAttempt attempt) implements GateCommand {}

    /** Publish the outcome of an attempt that is not let through. */
    record Refuse(AgentOutcome outcome) implements GateCommand {}

    /** Say that a budget is nearly used up; once per period. */
    record Warn(BudgetWarning warning) implements GateCommand {}
}
