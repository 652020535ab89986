package io.millrace.operators.agent;

import io.millrace.logic.flag.CompiledFlag;
import io.millrace.logic.flag.FlagContext;
import io.millrace.operators.flag.FlagsState;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.rollout.SafetyFlag;
import io.millrace.schema.wire.SourceRecord;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.api.common.state.OperatorStateStore;

/** The flag by which agents are not asked, as one subtask knows it. */
final class StopFlag {
    /** While it is true, agents are not asked. It may say so of a {@code tenant}, or an {@code agent}. */
    static final String NAME = SafetyFlag.STOP.key();

    /** What is stopped is tried again after so long, and up to as much longer. */
    static final int PAUSE_MILLIS = 5_000;

    private final FlagsState flags;

    StopFlag(OperatorStateStore states) throws Exception {
        flags = new FlagsState(states, flag -> flag.key().equals(NAME));
    }

    void apply(SourceRecord source) throws Exception {
        flags.apply(source);
    }

    /**
     * The end of an attempt that is not to be made; null for one that is.
     *
     * @param now milliseconds since the epoch
     */
    AgentOutcome end(AgentAttempt attempt, long now) {
        CompiledFlag flag = flags.find(NAME);
        if (flag == null || !flag.isOn(context(attempt), Instant.ofEpochMilli(now))) {
            return null;
        }
        return AgentOutcome.without(
                attempt,
                AgentOutcome.Status.RETRYABLE,
                new AgentError(AgentErrorCode.STOPPED, "agents are not asked now: the flag " + NAME + " says so"),
                PAUSE_MILLIS + Math.floorMod(attempt.attemptId().hashCode(), PAUSE_MILLIS),
                now);
    }

    private static FlagContext context(AgentAttempt attempt) {
        return FlagContext.ofTexts(
                Map.of("targetingKey", attempt.tenant(), "tenant", attempt.tenant(), "agent", attempt.agent()));
    }
}
