package io.millrace.bench.reminders;

import io.millrace.bench.meter.JsonTimes;
import io.millrace.bench.meter.Percentiles;
import io.millrace.bench.meter.TopicLog;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;

/**
 * What a topic says of the reminders in it.
 *
 * @param firstAt log time of the first, milliseconds since the epoch
 * @param lateness from the moment of each to its log time, in milliseconds
 */
record SentReminders(int count, long firstAt, long lastAt, Percentiles lateness) {

    /**
     * Those that were written from there on.
     *
     * @throws IllegalStateException when they are not as many as expected
     */
    static SentReminders read(TopicLog log, Map<TopicPartition, Long> from, int expected) {
        LongStream.Builder times = LongStream.builder();
        LongStream.Builder moments = LongStream.builder();
        log.read(from, reminder -> {
            times.add(reminder.timestamp());
            moments.add(JsonTimes.millis(reminder.value(), "remind_at"));
        });
        SentReminders sent = of(times.build().toArray(), moments.build().toArray());
        if (sent.count() != expected) {
            throw new IllegalStateException(sent.count() + " reminders were sent, not " + expected);
        }
        return sent;
    }

    /**
     * @param times log times
     * @param moments when each was to be sent
     * @throws IllegalStateException when one was sent before its moment
     */
    static SentReminders of(long[] times, long[] moments) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long[] lateness = new long[times.length];
        for (int i = 0; i < times.length; i++) {
            first = Math.min(first, times[i]);
            last = Math.max(last, times[i]);
            lateness[i] = times[i] - moments[i];
            if (lateness[i] < 0) {
                throw new IllegalStateException("a reminder for " + moments[i] + " was sent early, at " + times[i]);
            }
        }
        return new SentReminders(times.length, first, last, Percentiles.of(lateness));
    }
}
