package io.millrace.logic.slo;

/** When the broker is going to delete what a group has not read. */
final class RetentionForecast {
    /** What is further away is not told. */
    private static final long HORIZON_MS = 7 * 86_400_000L;
    /** Below this part of the retention a group may fall behind for a while without that meaning anything. */
    private static final int NOT_BELOW = 10;

    private RetentionForecast() {}

    /**
     * When the first unread record becomes older than the retention, if the group goes on as in its last commits: by
     * then it may be deleted, as the broker deletes whole segments, later. What is at least that old may be sooner.
     *
     * @param retentionMs null when records are kept for ever, or that is not known
     * @return milliseconds since the epoch; {@link Long#MAX_VALUE} when it won't be within a week
     */
    static long deletedAt(PartitionState state, Long retentionMs, long now) {
        if (retentionMs == null || !state.isLagging() || state.lateMs() < retentionMs / NOT_BELOW) {
            return Long.MAX_VALUE;
        }
        long left = retentionMs - state.lateMs();
        if (left <= 0) {
            return now;
        }
        Commit first = state.commits().get(0);
        long passed = now - first.at();
        double slower = passed <= 0 ? 1 : (double) (state.lateMs() - first.lateMs()) / passed;
        if (slower <= 0) {
            return Long.MAX_VALUE;
        }
        double in = left / Math.min(1, slower);
        return in > HORIZON_MS ? Long.MAX_VALUE : now + (long) in;
    }
}
