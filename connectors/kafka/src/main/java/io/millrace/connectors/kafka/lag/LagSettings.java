package io.millrace.connectors.kafka.lag;

import java.io.Serializable;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How is looked.
 *
 * @param interval from one look to the next
 * @param groups those whose whole name it matches
 * @param compressed whether the first unread record is looked for in topics that may hold compressed ones
 */
public record LagSettings(Duration interval, Pattern groups, boolean compressed) implements Serializable {
    private static final Duration LEAST = Duration.ofMillis(500);
    private static final Duration MOST = Duration.ofHours(1);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    public LagSettings {
        if (interval.compareTo(LEAST) < 0 || interval.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("interval: must be between 500 ms and 1 h, is " + interval);
        }
    }

    /** For how long one question is waited for: the look after this one is to be in time. */
    Duration answerWithin() {
        Duration half = interval.multipliedBy(2);
        return half.compareTo(LONGEST_ANSWER) < 0 ? half : LONGEST_ANSWER;
    }
}
