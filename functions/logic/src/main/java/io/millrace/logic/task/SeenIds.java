package io.millrace.logic.task;

import io.millrace.logic.dedup.RecentIds;
import java.util.UUID;

/**
 * Which event ids a series has accepted within the dedup window: the recent ones in its state, older ones overflowed.
 */
final class SeenIds {
    private static final int MAX_RECENT = 64;
    private static final int OVERFLOW = 32;

    private final long window;
    /** Overflowed ids are forgotten in batches, this much later than they could be. */
    private final long slack;

    SeenIds(long window) {
        this.window = window;
        this.slack = Math.max(1, window / 8);
    }

    boolean contains(Series series, UUID eventId, long now, OverflowedIds overflowed) {
        long since = now - window;
        if (series.recent().contains(eventId, since)) {
            return true;
        }
        if (series.overflowedUntil() < since || series.forgetAt() == Long.MAX_VALUE) {
            return false;
        }
        Long seen = overflowed.timeOf(eventId);
        return seen != null && seen >= since;
    }

    void add(Change change, UUID eventId, long now) {
        Series series = change.series();
        RecentIds recent = series.recent().plus(eventId, now, now - window);
        if (recent.size() <= MAX_RECENT) {
            change.become(series.withRecent(recent, series.overflowedUntil(), series.forgetAt()));
            return;
        }
        RecentIds oldest = recent.oldest(OVERFLOW);
        change.command(new TaskCommand.Overflow(oldest));
        long forgetAt = Math.min(series.forgetAt(), oldest.time(0) + window + slack);
        change.become(series.withRecent(recent.withoutOldest(OVERFLOW), oldest.newest(), forgetAt));
    }

    void forgetOverflowed(Change change, long time) {
        Series series = change.series();
        long before = time - window - slack / 2;
        change.command(new TaskCommand.ForgetOverflow(before));
        boolean some = series.overflowedUntil() >= before;
        change.become(
                series.withRecent(series.recent(), series.overflowedUntil(), some ? time + slack : Long.MAX_VALUE));
    }
}
