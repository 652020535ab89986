package io.millrace.logic.slo;

import java.util.ArrayList;
import java.util.List;

/**
 * For how long a group was in time and too late, in ever larger buckets the longer ago that is. A window is made of
 * whole buckets, so it is up to one longer than asked for. Components are only ever appended.
 *
 * @param since log time of the first sample, milliseconds since the epoch
 * @param minutes of the last hour
 * @param fives of five minutes each, of the last six hours
 * @param hours of the last three days
 * @param days of the whole window of the objective
 */
public record Budget(long since, List<Bucket> minutes, List<Bucket> fives, List<Bucket> hours, List<Bucket> days) {

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /**
     * @param start milliseconds since the epoch, as is its end by the tier it is in
     * @param goodMs for how long the group was in time
     * @param badMs for how long it was too late
     */
    public record Bucket(long start, long goodMs, long badMs) {}

    /** Buckets of one size. */
    private record Tier(long size, long keeps) {
        /** The beginning of the first bucket that is in a window. */
        long from(long now, long window) {
            return Math.floorDiv(now - window, size) * size;
        }

        List<Bucket> add(List<Bucket> buckets, long now, long goodMs, long badMs) {
            long start = Math.floorDiv(now, size) * size;
            List<Bucket> after = new ArrayList<>(buckets.size() + 1);
            long oldest = from(now, keeps);
            for (Bucket bucket : buckets) {
                if (bucket.start() >= oldest && bucket.start() < start) {
                    after.add(bucket);
                }
            }
            Bucket last = buckets.isEmpty() ? null : buckets.get(buckets.size() - 1);
            boolean same = last != null && last.start() == start;
            after.add(new Bucket(start, goodMs + (same ? last.goodMs() : 0), badMs + (same ? last.badMs() : 0)));
            return after;
        }
    }

    private static final Tier MINUTES = new Tier(MINUTE, HOUR);
    private static final Tier FIVES = new Tier(5 * MINUTE, 6 * HOUR);
    private static final Tier HOURS = new Tier(HOUR, 3 * DAY);

    /**
     * What a window adds up to.
     *
     * @param spanMs how long it is, less the time before the first sample
     */
    record Sum(long goodMs, long badMs, long spanMs) {
        long observedMs() {
            return goodMs + badMs;
        }

        long unobservedMs() {
            return Math.max(0, spanMs - observedMs());
        }

        /** Which part was bad of a window of that length, less what nobody saw since the first sample. */
        double badShare(long window) {
            return (double) badMs / Math.max(observedMs(), window - unobservedMs());
        }
    }

    static Budget since(long now) {
        return new Budget(now, List.of(), List.of(), List.of(), List.of());
    }

    private static Tier days(int windowDays) {
        return new Tier(DAY, windowDays * DAY);
    }

    /**
     * The same with what a sample stands for.
     *
     * @param now its log time, not before that of any other, milliseconds since the epoch
     * @param observedMs the time that it stands for
     */
    Budget with(long now, long observedMs, boolean late, int windowDays) {
        if (observedMs == 0) {
            return this;
        }
        long good = late ? 0 : observedMs;
        long bad = late ? observedMs : 0;
        return new Budget(
                since,
                MINUTES.add(minutes, now, good, bad),
                FIVES.add(fives, now, good, bad),
                HOURS.add(hours, now, good, bad),
                days(windowDays).add(days, now, good, bad));
    }

    /** What the last {@code window} milliseconds add up to. */
    Sum last(long window, long now) {
        Tier tier = tier(window);
        long from = tier.from(now, window);
        long good = 0;
        long bad = 0;
        for (Bucket bucket : buckets(tier)) {
            if (bucket.start() >= from) {
                good += bucket.goodMs();
                bad += bucket.badMs();
            }
        }
        return new Sum(good, bad, Math.max(0, now - Math.max(since, from)));
    }

    private static Tier tier(long window) {
        if (window <= MINUTES.keeps()) {
            return MINUTES;
        }
        if (window <= FIVES.keeps()) {
            return FIVES;
        }
        return window <= HOURS.keeps() ? HOURS : new Tier(DAY, window);
    }

    private List<Bucket> buckets(Tier tier) {
        if (tier.size() == MINUTE) {
            return minutes;
        }
        if (tier.size() == FIVES.size()) {
            return fives;
        }
        return tier.size() == HOUR ? hours : days;
    }

    /**
     * For how long the group had been too late by times that are as far apart as one another, the last of which is now,
     * in milliseconds; of the window, or since the first sample if that is later.
     *
     * @param most how many there are at most
     */
    List<Long> badSoFar(long window, long now, int most) {
        long span = Math.min(window, now - since);
        Tier tier = tier(span);
        long from = tier.from(now, span);
        int steps = (int) ((now - from) / tier.size()) + 1;
        int stride = (steps + most - 1) / most;
        List<Long> points = new ArrayList<>();
        List<Bucket> buckets = buckets(tier);
        long bad = 0;
        int next = 0;
        for (int step = 1; step <= steps; step++) {
            long end = from + step * tier.size();
            while (next < buckets.size() && buckets.get(next).start() < end) {
                bad += buckets.get(next).start() >= from ? buckets.get(next).badMs() : 0;
                next++;
            }
            if (step == steps || (steps - step) % stride == 0) {
                points.add(bad);
            }
        }
        return points;
    }
}
