package io.millrace.logic.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.notification.Bundling;
import io.millrace.schema.notification.NotificationPreferences;
import io.millrace.schema.notification.QuietHours;
import io.millrace.schema.wire.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoursTest {
    private static final String PARIS = "Europe/Paris";

    @ParameterizedTest(name = "at {2} with quiet hours from {0} to {1}: {3}")
    @CsvSource({
        // Over midnight.
        "22:00, 07:00, 2026-11-20T20:59:59Z, 2026-11-20T20:59:59Z",
        "22:00, 07:00, 2026-11-20T21:00:00Z, 2026-11-21T06:00:00Z",
        "22:00, 07:00, 2026-11-21T00:00:00Z, 2026-11-21T06:00:00Z",
        "22:00, 07:00, 2026-11-21T05:59:59.999Z, 2026-11-21T06:00:00Z",
        "22:00, 07:00, 2026-11-21T06:00:00Z, 2026-11-21T06:00:00Z",
        // Within a day.
        "12:00, 14:00, 2026-11-20T10:59:00Z, 2026-11-20T10:59:00Z",
        "12:00, 14:00, 2026-11-20T11:00:00Z, 2026-11-20T13:00:00Z",
        "12:00, 14:00, 2026-11-20T13:00:00Z, 2026-11-20T13:00:00Z",
        // The night in which the clock is set from 2 to 3 has one hour less, that from 3 to 2 one more.
        "22:00, 07:00, 2026-03-28T21:30:00Z, 2026-03-29T05:00:00Z",
        "22:00, 07:00, 2026-10-24T20:30:00Z, 2026-10-25T06:00:00Z",
        // An end that is skipped is when the clock is set.
        "22:00, 02:30, 2026-03-28T23:00:00Z, 2026-03-29T01:00:00Z",
        "22:00, 02:30, 2026-03-29T01:00:00Z, 2026-03-29T01:00:00Z",
        // An end that comes twice is the first one; the clock shows quiet hours again then, up to the second one.
        "22:00, 02:30, 2026-10-24T23:00:00Z, 2026-10-25T00:30:00Z",
        "22:00, 02:30, 2026-10-25T00:30:00Z, 2026-10-25T00:30:00Z",
        "22:00, 02:30, 2026-10-25T01:10:00Z, 2026-10-25T01:30:00Z",
        // A beginning that is skipped begins when the clock is set.
        "02:30, 06:00, 2026-03-29T00:59:59Z, 2026-03-29T00:59:59Z",
        "02:30, 06:00, 2026-03-29T01:00:00Z, 2026-03-29T04:00:00Z",
    })
    void quietHoursEndByTheClock(String from, String to, Instant time, Instant awake) {
        Hours hours = hours(new QuietHours(from, to, List.of()), Bundling.NONE, List.of());

        assertThat(Instant.ofEpochMilli(hours.awake(time.toEpochMilli()))).isEqualTo(awake);
        assertThat(Instant.ofEpochMilli(hours.next(time.toEpochMilli()))).isEqualTo(awake);
    }

    @ParameterizedTest(name = "{0} {1} at {2}: {3}")
    @CsvSource({
        "NONE, '', 2026-11-20T10:10:00Z, 2026-11-20T10:10:00Z",
        "HOURLY, '', 2026-11-20T10:10:00Z, 2026-11-20T11:00:00Z",
        "HOURLY, '', 2026-11-20T11:00:00Z, 2026-11-20T12:00:00Z",
        // Hours pass as ever while the clock is set.
        "HOURLY, '', 2026-10-25T00:10:00Z, 2026-10-25T01:00:00Z",
        "AT_TIMES, 08:00 17:00, 2026-11-20T06:59:59Z, 2026-11-20T07:00:00Z",
        "AT_TIMES, 08:00 17:00, 2026-11-20T07:00:00Z, 2026-11-20T16:00:00Z",
        "AT_TIMES, 17:00 08:00, 2026-11-20T16:00:00Z, 2026-11-21T07:00:00Z",
        // A time that is skipped is when the clock is set; one that comes twice counts twice only for what comes
        // between.
        "AT_TIMES, 02:30, 2026-03-29T00:00:00Z, 2026-03-29T01:00:00Z",
        "AT_TIMES, 02:30, 2026-10-24T22:30:00Z, 2026-10-25T00:30:00Z",
        "AT_TIMES, 02:30, 2026-10-25T02:00:00Z, 2026-10-26T01:30:00Z",
        // In quiet hours it is their end.
        "AT_TIMES, 06:00, 2026-11-20T04:00:00Z, 2026-11-20T06:00:00Z",
    })
    void digestsAreToldByTheClock(Bundling digest, String times, Instant time, Instant told) {
        QuietHours quiet = times.equals("06:00") ? new QuietHours("22:00", "07:00", List.of()) : null;
        Hours hours = hours(quiet, digest, times.isEmpty() ? List.of() : List.of(times.split(" ")));

        assertThat(Instant.ofEpochMilli(hours.next(time.toEpochMilli()))).isEqualTo(told);
    }

    private static Hours hours(QuietHours quiet, Bundling digest, List<String> times) {
        Envelope envelope =
                new Envelope(new UUID(0, 1), NotificationPreferences.TYPE_NAME, Instant.EPOCH, "default", null, null);
        return new Hours(
                new NotificationPreferences(envelope, "ann", null, PARIS, List.of(), quiet, digest, times, null));
    }
}
