package io.millrace.logic.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessHoursTest {
    private static final ZoneId MONTREAL = ZoneId.of("America/Montreal");

    @ParameterizedTest
    @CsvSource({
        // Tuesday, nine o'clock is 14:00 UTC in winter.
        "2026-12-01T13:00:00Z, 2026-12-01T14:00:00Z",
        "2026-12-01T14:00:00Z, 2026-12-01T14:00:00Z",
        "2026-12-01T21:59:59Z, 2026-12-01T21:59:59Z",
        "2026-12-01T22:00:00Z, 2026-12-02T14:00:00Z",
        // Friday evening; on Saturday from ten.
        "2026-12-04T23:00:00Z, 2026-12-05T15:00:00Z",
        "2026-12-05T20:00:00Z, 2026-12-07T14:00:00Z",
        // Summer.
        "2026-07-01T12:00:00Z, 2026-07-01T13:00:00Z",
    })
    void theyBeginByTheClockOfTheZone(String at, String next) {
        BusinessHours hours = BusinessHours.parse("Mon-Fri 09:00-17:00, Sat 10:00-14:00", MONTREAL);
        assertThat(hours.next(Instant.parse(at))).isEqualTo(next);
        assertThat(hours.isOpen(Instant.parse(at))).isEqualTo(at.equals(next));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-01T14:00:00Z, PT1H, 2026-12-01T15:00:00Z",
        "2026-12-01T21:30:00Z, PT1H, 2026-12-02T14:30:00Z",
        "2026-12-05T18:30:00Z, PT1H, 2026-12-07T14:30:00Z",
        "2026-12-01T14:00:00Z, PT20H, 2026-12-03T18:00:00Z",
    })
    void whatIsPromisedIsInTheHoursWhenPeopleAreThere(String at, Duration work, String due) {
        BusinessHours hours = BusinessHours.parse("Mon-Fri 09:00-17:00, Sat 10:00-14:00", MONTREAL);
        assertThat(hours.after(Instant.parse(at), work)).isEqualTo(due);
    }

    @Test
    void alwaysIsAlways() {
        BusinessHours hours = BusinessHours.parse("always", MONTREAL);
        Instant at = Instant.parse("2026-12-06T03:17:00Z");
        assertThat(hours.isOpen(at)).isTrue();
        assertThat(hours.after(at, Duration.ofHours(50))).isEqualTo(at.plus(Duration.ofHours(50)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mon | must be days and hours",
                "Mon 9-17 | must be a time such as 09:00",
                "Mon 09:00 | must be two times",
                "Mon-Tue-Wed 09:00-17:00 | must be a day or two",
                "Someday 09:00-17:00 | must be one of Mon",
                "Mon 17:00-09:00 | must end after it begins",
                "Mon-Fri 09:00-17:00, Fri 09:00-12:00 | fri is given twice",
            })
    void whatIsWrongIsSaid(String text, String message) {
        assertThatThrownBy(() -> BusinessHours.parse(text, MONTREAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
