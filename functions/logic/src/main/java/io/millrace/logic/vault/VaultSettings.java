package io.millrace.logic.vault;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long a vault remembers.
 *
 * @param timeToLive of what is not used any more
 * @param deleteAgainAfter when the records of keys that are thrown away are deleted once more. Kafka compacts a segment
 *     only once another one has begun, and begins one when a record comes: so it is longer than that topic's
 *     {@code segment.ms}
 */
public record VaultSettings(Duration timeToLive, Duration deleteAgainAfter) implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Duration LEAST_TIME_TO_LIVE = Duration.ofHours(1);

    /** A year and a month: for who comes back after a year. */
    public static final VaultSettings DEFAULTS = new VaultSettings(Duration.ofDays(400), Duration.ofMinutes(15));

    /** @throws IllegalArgumentException when one is too short */
    public VaultSettings {
        if (timeToLive.compareTo(LEAST_TIME_TO_LIVE) < 0) {
            throw new IllegalArgumentException("must be at least 1 h, is " + timeToLive);
        }
        if (deleteAgainAfter.isNegative() || deleteAgainAfter.isZero()) {
            throw new IllegalArgumentException("must be more than 0, is " + deleteAgainAfter);
        }
    }
}
