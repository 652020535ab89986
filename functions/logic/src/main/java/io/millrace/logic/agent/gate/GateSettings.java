package io.millrace.logic.agent.gate;

import java.io.Serializable;
import java.time.Duration;

/**
 * What the gates depend on besides state and attempts.
 *
 * @param concurrent how many attempts of an agent run at once when its definition does not say; positive
 * @param queueLength how many attempts may wait for an agent; positive
 * @param queueBytes how many bytes their inputs may have together, as characters of two bytes; positive
 * @param runningBytes the same of those that run; one of them may have more; positive
 * @param circuitWindow by how many of the last outcomes an agent is judged, 1 to 64
 * @param circuitFailures how many failures among them open its circuit, 1 to {@code circuitWindow}
 * @param circuitOpenFor for how long an agent is left alone then; positive
 * @param releaseAfter how long after its deadline a reservation without an outcome is given up; not negative
 * @param lines who shares with whom what there is for all tenants
 */
public record GateSettings(
        int concurrent,
        int queueLength,
        long queueBytes,
        long runningBytes,
        int circuitWindow,
        int circuitFailures,
        Duration circuitOpenFor,
        Duration releaseAfter,
        TenantLines lines)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final GateSettings DEFAULTS = new GateSettings(
            2_500,
            1_000,
            16 << 20,
            64 << 20,
            20,
            10,
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            TenantLines.NONE_BOUND);

    public GateSettings {
        require(concurrent > 0, "concurrent must be positive");
        require(queueLength > 0, "queue-length must be positive");
        require(queueBytes > 0, "queue-size must be positive");
        require(runningBytes > 0, "running-size must be positive");
        require(circuitWindow > 0 && circuitWindow <= Long.SIZE, "circuit-window must be between 1 and 64");
        require(
                circuitFailures > 0 && circuitFailures <= circuitWindow,
                "circuit-failures must be between 1 and circuit-window");
        require(!circuitOpenFor.isNegative() && !circuitOpenFor.isZero(), "circuit-open-for must be positive");
        require(!releaseAfter.isNegative(), "release-after must not be negative");
    }

    private static void require(boolean met, String message) {
        if (!met) {
            throw new IllegalArgumentException(message);
        }
    }
}
