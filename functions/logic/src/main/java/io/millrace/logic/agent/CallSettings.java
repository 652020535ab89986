package io.millrace.logic.agent;

import java.io.Serializable;
import java.time.Duration;

/**
 * What the decisions about calls depend on besides state, call and registry. Changing one between two runs changes
 * decisions from then on.
 *
 * @param unknownAgentWait for how long a call waits for the registration of its agent; not negative
 * @param dedupWindow for how long of log time the key of a call that has ended is remembered; positive
 */
public record CallSettings(Duration unknownAgentWait, Duration dedupWindow) implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final CallSettings DEFAULTS = new CallSettings(Duration.ofSeconds(5), Duration.ofHours(24));

    public CallSettings {
        if (unknownAgentWait.isNegative()) {
            throw new IllegalArgumentException("unknown-agent-wait must not be negative");
        }
        if (dedupWindow.isNegative() || dedupWindow.isZero()) {
            throw new IllegalArgumentException("dedup-window must be positive");
        }
    }
}
