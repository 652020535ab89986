package io.millrace.logic.recurrence;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Times of an HOURLY or MINUTELY rule: every {@code interval}-th hour or minute counted from the start, of those that
 * are allowed. A day's times are found from its distance to the start, without walking the days between.
 */
final class SteppedTimes implements DayTimes {

    private static final int[] NONE = {};

    private final boolean[] allowed;
    private final int[] reachable;
    /** After so many days the same times come again. */
    private final int cycle;
    /** Those of its days that have times, ascending; that of number 0 is 1970-01-01. */
    private final int[] daysOfCycle;

    private final int interval;
    private final long startUnit;
    private final int unitSeconds;
    private final int[] inUnit;

    /**
     * @param allowed one flag for each unit (hour or minute) of a day
     * @param inUnit the seconds within a unit, ascending
     */
    SteppedTimes(boolean[] allowed, int interval, long startSecond, int[] inUnit) {
        this.allowed = allowed;
        this.interval = interval;
        this.unitSeconds = 86_400 / allowed.length;
        this.startUnit = Math.floorDiv(startSecond, (long) unitSeconds);
        this.inUnit = inUnit;
        int stride = gcd(allowed.length, interval);
        this.reachable = IntStream.range(0, allowed.length)
                .filter(unit -> allowed[unit] && Math.floorMod(unit - startUnit, stride) == 0)
                .toArray();
        this.cycle = interval / stride;
        this.daysOfCycle = daysOfCycle(stride);
    }

    /**
     * A unit of the day is visited on each {@code cycle}-th day, as day · units + unit = start + n · interval: with the
     * stride divided out, the number of units of a day has an inverse among the days of the cycle.
     */
    private int[] daysOfCycle(int stride) {
        long inverse = cycle == 1
                ? 0
                : BigInteger.valueOf(allowed.length / stride)
                        .modInverse(BigInteger.valueOf(cycle))
                        .longValueExact();
        return IntStream.of(reachable)
                .map(unit -> Math.floorMod(Math.floorMod((startUnit - unit) / stride, (long) cycle) * inverse, cycle))
                .sorted()
                .distinct()
                .toArray();
    }

    @Override
    public int[] on(long epochDay) {
        int perDay = allowed.length;
        // Whichever list is shorter: the allowed units of the day, or those the interval visits on it.
        int[] units = reachable.length <= perDay / interval ? allowedOf(epochDay) : onIntervalOf(epochDay);
        if (units.length == 0) {
            return NONE;
        }
        int[] times = new int[units.length * inUnit.length];
        int size = 0;
        for (int unit : units) {
            for (int second : inUnit) {
                times[size++] = unit * unitSeconds + second;
            }
        }
        return times;
    }

    @Override
    public long firstDayFrom(long epochDay) {
        if (daysOfCycle.length == 0) {
            return Long.MAX_VALUE;
        }
        int day = Math.floorMod(epochDay, cycle);
        int found = Arrays.binarySearch(daysOfCycle, day);
        int next = found >= 0 ? found : -found - 1;
        return epochDay - day + (next < daysOfCycle.length ? daysOfCycle[next] : cycle + daysOfCycle[0]);
    }

    /** The first unit the interval visits from the beginning of the day on, counted from there. */
    private int firstUnitFrom(long epochDay) {
        return Math.floorMod(startUnit - epochDay * allowed.length, interval);
    }

    private int[] allowedOf(long epochDay) {
        if (interval == 1) {
            return reachable;
        }
        long offset = epochDay * allowed.length - startUnit;
        int[] units = new int[reachable.length];
        int size = 0;
        for (int unit : reachable) {
            if (Math.floorMod(offset + unit, interval) == 0) {
                units[size++] = unit;
            }
        }
        return Arrays.copyOf(units, size);
    }

    private int[] onIntervalOf(long epochDay) {
        int perDay = allowed.length;
        int first = firstUnitFrom(epochDay);
        if (first >= perDay) {
            return NONE;
        }
        int[] units = new int[(perDay - 1 - first) / interval + 1];
        int size = 0;
        for (int unit = first; unit < perDay; unit += interval) {
            if (allowed[unit]) {
                units[size++] = unit;
            }
        }
        return Arrays.copyOf(units, size);
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
