package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.demo.LiveLine.Status;
import io.millrace.local.demo.TopicWatch.Numbers;
import io.millrace.local.platform.LocalJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainStatusTest {

    private static final Instant START = Instant.parse("2026-11-20T09:00:00Z");

    private static final LocalJob JOB =
            new LocalJob("tasks", null, null, null, List.of(), List.of(), Map.of(), Map.of(), false);

    private final PlainStatus plain = new PlainStatus(status(0), START);

    private static Status status(long events, LocalJob... down) {
        return status(events, false, down);
    }

    private static Status status(long events, boolean stale, LocalJob... down) {
        return new Status(
                new Numbers(events, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null, stale), null, null, List.of(down));
    }

    @Test
    void nothingIsSaidWhileNothingChanges() {
        for (int minute = 0; minute < 600; minute++) {
            assertThat(plain.next(status(0), START.plus(Duration.ofMinutes(minute))))
                    .isEmpty();
        }
    }

    @Test
    void thatAJobIsDownAndBackIsSaidAtOnceAndOnce() {
        assertThat(plain.next(status(0, JOB), START))
                .hasValueSatisfying(line -> assertThat(line).contains("job tasks is not running"));
        assertThat(plain.next(status(0, JOB), START)).isEmpty();

        assertThat(plain.next(status(0), START))
                .hasValueSatisfying(line -> assertThat(line).doesNotContain("not running"));
        assertThat(plain.next(status(0), START)).isEmpty();
    }

    @Test
    void thatNothingIsCountedAnyLongerIsSaidAtOnceAndOnce() {
        assertThat(plain.next(status(0, true), START))
                .hasValueSatisfying(line -> assertThat(line).startsWith("numbers are old"));
        assertThat(plain.next(status(0, true), START)).isEmpty();
    }

    @Test
    void numbersThatChangeAreSaidNowAndThen() {
        Instant due = START.plus(PlainStatus.NUMBERS);

        assertThat(plain.next(status(1), due.minusMillis(1))).isEmpty();
        assertThat(plain.next(status(2), due))
                .hasValueSatisfying(line -> assertThat(line).startsWith("events 2 "));
        assertThat(plain.next(status(3), due.plusMillis(1))).isEmpty();
    }
}
