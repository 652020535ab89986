package io.millrace.bench.reminders;

import java.time.Duration;

/**
 * Tasks with one reminder each, which become due one after the other at an even rate.
 *
 * @param name distinguishes its tasks from those of other batches
 * @param firstDue milliseconds since the epoch
 * @param perSecond how many become due each second
 */
record Batch(String name, int count, long firstDue, double perSecond) {
    private static final int USERS = 50_000;
    private static final long SECOND = Duration.ofSeconds(1).toMillis();

    Batch {
        if (count < 1 || perSecond <= 0) {
            throw new IllegalArgumentException("a batch has tasks and a rate, not " + count + " at " + perSecond);
        }
    }

    /** When the task of that number, from 0, is due, in milliseconds since the epoch. */
    long dueAt(int number) {
        return firstDue + (long) (number * SECOND / perSecond);
    }

    long lastDue() {
        return dueAt(count - 1);
    }

    /** Users take turns in an order that has nothing to do with that of the due dates. */
    String user(int number) {
        return "u-" + Math.floorMod(number * 48_271L, USERS);
    }

    String task(int number) {
        return name + "-" + number;
    }

    String title(int number) {
        return "Send the figures of week " + number % 52 + " to the accountant";
    }
}
