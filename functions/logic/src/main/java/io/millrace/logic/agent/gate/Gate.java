package io.millrace.logic.agent.gate;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentOutcome;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** What attempts pass on their way to an agent; see the package. */
public sealed interface Gate permits TenantGate, AgentGate, HoldingGate {

    /**
     * What comes as of a later time is taken to be as of {@code latest} from now on, and what came so is: records from
     * the future would else stop the gate's clock until then. It may be woken earlier afterwards.
     *
     * @param latest milliseconds since the epoch
     */
    void notAfter(long latest);

    /** Whether it depends on what others have cost if the attempt is let through. */
    boolean isBudgeted(AgentAttempt attempt);

    /** Decides about an attempt, as of when it was issued. One that is under way or waits already is dropped. */
    List<GateCommand> admit(AgentAttempt attempt);

    /**
     * Takes what an attempt really used in place of its estimate. Its cost counts once, also when the attempt is not
     * known to be under way: it was paid for. Nothing else of such an outcome does.
     *
     * @param loggedAt log time of the outcome, milliseconds since the epoch
     */
    List<GateCommand> settle(AgentOutcome outcome, long loggedAt);

    /** Does what is due at or before {@code time}, milliseconds since the epoch. */
    List<GateCommand> wake(long time);

    /** Whether there is nothing to remember: a new one would decide alike. */
    boolean isBlank();

    /** When it has to be woken; {@link Long#MAX_VALUE} for never. */
    long nextWake();

    void write(DataOutput out) throws IOException;
}
