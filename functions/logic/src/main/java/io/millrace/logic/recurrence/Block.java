package io.millrace.logic.recurrence;

/**
 * The local times of one period of a rule, ascending, by index, without making a list of them: a year of every minute
 * has half a million.
 */
final class Block {

    static final Block EMPTY = new Block(new int[0], new int[0], null);

    private static final long DAY_SECONDS = 86_400;

    private final int[] days;
    private final int[] times;
    private final int[] picked;

    /**
     * @param days epoch days, ascending
     * @param times seconds of the day, ascending
     * @param picked the indexes that BYSETPOS chose, ascending; null for all
     */
    Block(int[] days, int[] times, int[] picked) {
        this.days = days;
        this.times = times;
        this.picked = picked;
    }

    int size() {
        return picked == null ? days.length * times.length : picked.length;
    }

    /** A local time in seconds since 1970-01-01T00:00:00 local. */
    long at(int index) {
        int i = picked == null ? index : picked[index];
        return days[i / times.length] * DAY_SECONDS + times[i % times.length];
    }

    /** The index of the first time after the given one; the size when there is none. */
    int indexAfter(long second) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle) > second) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
