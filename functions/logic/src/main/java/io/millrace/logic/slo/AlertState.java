package io.millrace.logic.slo;

/**
 * An alert that is open. Components are only ever appended.
 *
 * @param openedAt log time, milliseconds since the epoch, as {@code toldAt}
 * @param number of the last event of it
 * @param clear how many samples, one after the other, gave no reason for it
 */
public record AlertState(long openedAt, int number, long toldAt, int clear) {

    static AlertState opened(long now) {
        return new AlertState(now, 0, now, 0);
    }

    AlertState told(long now) {
        return new AlertState(openedAt, number + 1, now, clear);
    }

    AlertState clear(int samples) {
        return samples == clear ? this : new AlertState(openedAt, number, toldAt, samples);
    }
}
