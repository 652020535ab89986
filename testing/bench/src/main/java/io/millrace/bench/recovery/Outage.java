package io.millrace.bench.recovery;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What the log of views says of a kill.
 *
 * @param firstOutMillis from the kill to the log time of the first view after the silence
 * @param caughtUpMillis from the kill to the log time of the last view that was later than it is in normal times
 */
record Outage(long firstOutMillis, long caughtUpMillis) {

    /**
     * A view.
     *
     * @param at its log time, milliseconds since the epoch
     * @param latency from its event's log time, in milliseconds
     */
    record View(long at, long latency) {}

    /** From the end of the silence until the backlog was gone. */
    long drainMillis() {
        return caughtUpMillis - firstOutMillis;
    }

    /**
     * The silence is the longest time without a view after the kill: a few that were on their way may still arrive.
     *
     * @param killedAt milliseconds since the epoch
     * @param normalMillis a view is late when its latency is above
     * @throws IllegalArgumentException when there is no view after the kill
     */
    static Outage of(List<View> views, long killedAt, long normalMillis) {
        long[] times = views.stream()
                .mapToLong(View::at)
                .filter(at -> at >= killedAt)
                .sorted()
                .toArray();
        if (times.length == 0) {
            throw new IllegalArgumentException("nothing came after the kill");
        }
        long before = killedAt;
        long longest = -1;
        long firstOut = killedAt;
        for (long at : times) {
            if (at - before > longest) {
                longest = at - before;
                firstOut = at;
            }
            before = at;
        }
        long since = firstOut;
        long caughtUp = views.stream()
                .filter(view -> view.at() >= since && view.latency() > normalMillis)
                .max(Comparator.comparingLong(View::at))
                .map(View::at)
                .orElse(firstOut);
        return new Outage(firstOut - killedAt, caughtUp - killedAt);
    }

    /** Whether all views of the last {@code quietMillis} are normal, and there are some. */
    static boolean isOver(List<View> views, long killedAt, long normalMillis, long quietMillis) {
        long last = views.stream().mapToLong(View::at).max().orElse(killedAt);
        long[] recent = views.stream()
                .filter(view -> view.at() > last - quietMillis)
                .mapToLong(View::latency)
                .toArray();
        return last - killedAt > quietMillis
                && Arrays.stream(recent).allMatch(latency -> latency <= normalMillis)
                && views.stream().anyMatch(view -> view.at() > killedAt && view.latency() > normalMillis);
    }
}
