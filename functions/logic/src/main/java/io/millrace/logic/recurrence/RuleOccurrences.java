package io.millrace.logic.recurrence;

import io.millrace.schema.task.Recurrence.DstGap;
import io.millrace.schema.task.Recurrence.DstOverlap;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Set;

/**
 * The occurrences a rule gives in a zone: its local times up to its end, less the excluded ones, less those that are
 * not at least a minute after the one before. Their instants ascend with their local times.
 *
 * <p>Rule times are a minute or more apart on the wall clock, so they come too close only right after DTSTART, and
 * where {@link DstGap#SHIFT} moves the times of a gap onto the hour after it. A walk that begins there begins before
 * the gap.
 */
final class RuleOccurrences {

    /** The least distance of two occurrences, in seconds. */
    static final long MIN_DISTANCE = 60;

    /** More than the longest change of offset, a day (Samoa 2011, Kwajalein 1993), and {@link #MIN_DISTANCE}. */
    private static final long LONGEST_CHANGE = 25 * 3600;

    private final RuleTimes times;
    private final ZoneId zone;
    private final DstGap gap;
    private final DstOverlap overlap;
    private final Set<Long> excluded;
    private final long start;
    private final long lastLocal;
    private final Instant lastInstant;

    /**
     * @param excluded local times, as {@link RuleTimes} counts them
     * @param count 0 for none
     * @param until null for none
     * @param steps of looking for the end
     */
    RuleOccurrences(
            RuleTimes times,
            long start,
            ZoneId zone,
            DstGap gap,
            DstOverlap overlap,
            Set<Long> excluded,
            int count,
            Until until,
            Steps steps) {
        this.times = times;
        this.start = start;
        this.zone = zone;
        this.gap = gap;
        this.overlap = overlap;
        this.excluded = excluded;
        this.lastInstant = until == null || until.instant() == null ? Instant.MAX : until.instant();
        this.lastLocal = count > 0 ? timeNumber(count, steps) : lastLocal(until);
    }

    /** The occurrences with a local time after the given one. */
    Walk after(long local, Steps steps) {
        return new Walk(local, steps);
    }

    /** A local time such that every occurrence due at or after the instant has a later one; never after the horizon. */
    long beforeDue(Instant due) {
        long second = Math.max(start - LONGEST_CHANGE, Math.min(due.getEpochSecond(), RuleTimes.HORIZON));
        Instant near = Instant.ofEpochSecond(second);
        ZoneRules rules = zone.getRules();
        ZoneOffsetTransition change = rules.nextTransition(near.minusSeconds(LONGEST_CHANGE));
        boolean changes = change != null && change.getInstant().isBefore(near.plusSeconds(LONGEST_CHANGE));
        long local = second + rules.getOffset(near).getTotalSeconds() - 1;
        return changes ? local - LONGEST_CHANGE : local;
    }

    /** Whether UNTIL comes before the start, so that it ends a series which has not begun. */
    boolean endsBeforeStart() {
        return start > lastLocal
                || LocalTimes.resolve(LocalDateTime.ofEpochSecond(start, 0, ZoneOffset.UTC), zone)
                        .isAfter(lastInstant);
    }

    /**
     * Whether every time of the rule is one that does not exist and is left out. Gaps are short and few, so the search
     * ends soon: there is no rule whose times are many and all in gaps.
     */
    boolean allInGaps(Steps steps) {
        return gap == DstGap.SKIP && !times.anyMatch(local -> dueAt(local) != null, steps);
    }

    /** The instant of a local time; null when it is left out. */
    Instant dueAt(long local) {
        return LocalTimes.resolve(LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC), zone, gap, overlap);
    }

    /**
     * Where a walk has to begin to judge the times after the given one: the time itself, or before a gap whose shifted
     * times reach it.
     */
    long walkFrom(long local) {
        if (gap == DstGap.SKIP) {
            return local;
        }
        long from = local;
        ZoneRules rules = zone.getRules();
        Instant after = LocalTimes.resolve(LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC), zone)
                .plusSeconds(1);
        Instant reach = after.minusSeconds(2 * LONGEST_CHANGE);
        for (ZoneOffsetTransition change = rules.previousTransition(after);
                change != null && change.getInstant().isAfter(reach);
                change = rules.previousTransition(change.getInstant())) {
            long end = change.getDateTimeAfter().toEpochSecond(ZoneOffset.UTC)
                    + change.getDuration().toSeconds()
                    + MIN_DISTANCE;
            if (change.isGap() && local < end) {
                from = Math.min(from, change.getDateTimeBefore().toEpochSecond(ZoneOffset.UTC) - 1);
            }
        }
        return from;
    }

    private long lastLocal(Until until) {
        if (until == null) {
            return RuleTimes.HORIZON;
        }
        if (until.local() != null) {
            return until.local().toEpochSecond(ZoneOffset.UTC);
        }
        // A bound to stop at; which times before it count is a matter of their instants.
        return until.instant().getEpochSecond() + LONGEST_CHANGE;
    }

    /**
     * The local time at which COUNT is reached, DTSTART being the first. A time that does not exist and is left out is
     * not counted (RFC 5545 §3.3.10); one that EXDATE takes out is.
     */
    private long timeNumber(int count, Steps steps) {
        RuleTimes.Cursor cursor = times.after(start - 1, RuleTimes.HORIZON, steps);
        if (gap == DstGap.SHIFT) {
            return Math.min(cursor.skip(count), RuleTimes.HORIZON);
        }
        long last = start;
        for (int n = 0; n < count; ) {
            long time = cursor.next();
            if (time == RuleTimes.NONE) {
                return RuleTimes.HORIZON;
            }
            last = time;
            if (dueAt(time) != null) {
                n++;
            }
        }
        return last;
    }

    /** Walks occurrences in ascending order. */
    final class Walk {

        private final RuleTimes.Cursor cursor;
        private final long after;
        private long local;
        private Instant due;
        private long notBefore = Long.MIN_VALUE;

        private Walk(long after, Steps steps) {
            this.after = after;
            if (after < start) {
                cursor = times.after(start - 1, lastLocal, steps);
                return;
            }
            cursor = times.after(walkFrom(after), lastLocal, steps);
            Instant dueOfStart = excluded.contains(start) ? null : dueAt(start);
            if (dueOfStart != null) {
                notBefore = dueOfStart.getEpochSecond() + MIN_DISTANCE;
            }
        }

        /** Moves to the next occurrence; false when there is none. */
        boolean next() {
            while (true) {
                local = cursor.next();
                if (local != start && local > lastLocal) {
                    return false;
                }
                if (!accept()) {
                    continue;
                }
                notBefore = due.getEpochSecond() + MIN_DISTANCE;
                if (local > after) {
                    return true;
                }
            }
        }

        private boolean accept() {
            if (excluded.contains(local)) {
                return false;
            }
            due = dueAt(local);
            if (due == null) {
                return false;
            }
            return local == start || (due.getEpochSecond() >= notBefore && !due.isAfter(lastInstant));
        }

        long local() {
            return local;
        }

        Instant due() {
            return due;
        }
    }
}
