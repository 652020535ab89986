package io.millrace.local.cli;

import io.millrace.local.demo.LiveLine.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is said of a running platform where lines stay: at once when a job goes down or is back or nothing is counted any
 * longer, other numbers when they have changed, now and then. Not thread-safe.
 */
final class PlainStatus {

    static final Duration NUMBERS = Duration.ofMinutes(5);

    private Status said;
    private Instant due;

    /** @param first how it is when this begins, of which nothing is said */
    PlainStatus(Status first, Instant now) {
        said = first;
        due = now.plus(NUMBERS);
    }

    /** The line to print now, if any. */
    Optional<String> next(Status status, Instant now) {
        boolean news = !status.down().equals(said.down())
                || status.numbers().stale() != said.numbers().stale();
        boolean numbers = !status.numbers().equals(said.numbers()) && !now.isBefore(due);
        if (!news && !numbers) {
            return Optional.empty();
        }
        said = status;
        due = now.plus(NUMBERS);
        return Optional.of(status.text(now));
    }
}
