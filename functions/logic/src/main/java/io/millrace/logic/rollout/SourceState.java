package io.millrace.logic.rollout;

import io.millrace.schema.rollout.HealthCounted.Variant;

/**
 * What is known of a source.
 *
 * @param lastFrom when the latest interval began that was counted, milliseconds since the epoch
 * @param failedChecks how many checks of the new variant have failed in a row by now
 * @param longestFailed how many did at most, since the roll-out was started
 */
public record SourceState(long lastFrom, long failedChecks, long longestFailed) {
    static final SourceState NONE = new SourceState(Long.MIN_VALUE, 0, 0);

    SourceState with(long from, Variant fresh) {
        if (fresh.checks() == 0) {
            return new SourceState(from, failedChecks, longestFailed);
        }
        boolean allFailed = fresh.failedFirst() == fresh.checks();
        long first = failedChecks + fresh.failedFirst();
        return new SourceState(
                from,
                allFailed ? first : fresh.failedLast(),
                Math.max(longestFailed, Math.max(first, fresh.failedLongest())));
    }

    /** What was counted is not counted again, whatever happens to the roll-out. */
    SourceState restarted() {
        return new SourceState(lastFrom, 0, 0);
    }
}
