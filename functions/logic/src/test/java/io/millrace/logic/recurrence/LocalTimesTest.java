package io.millrace.logic.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.task.Recurrence.DstGap;
import io.millrace.schema.task.Recurrence.DstOverlap;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transitions are those of the IANA time zone database as this JDK carries it. */
class LocalTimesTest {

    @ParameterizedTest
    @CsvSource({
        // no change near
        "2026-12-01T09:00,       Europe/Paris,        2026-12-01T09:00+01:00",
        "2026-12-01T09:00:00.25, Europe/Paris,        2026-12-01T09:00:00.25+01:00",
        "2026-12-01T09:00,       +05:30,              2026-12-01T09:00+05:30",
        // RFC 5545 §3.3.5: "America/New_York:20070311T023000 refers to March 11, 2007 at 3:30 A.M. EDT"
        "2007-03-11T02:30,       America/New_York,    2007-03-11T03:30-04:00",
        "2007-03-11T02:00,       America/New_York,    2007-03-11T03:00-04:00",
        "2007-03-11T03:00,       America/New_York,    2007-03-11T03:00-04:00",
        // RFC 5545 §3.3.5: "America/New_York:20071104T013000 indicates November 4, 2007 at 1:30 A.M. EDT"
        "2007-11-04T01:30,       America/New_York,    2007-11-04T01:30-04:00",
        "2007-11-04T02:00,       America/New_York,    2007-11-04T02:00-05:00",
        // midnight does not exist
        "2018-11-04T00:00,       America/Sao_Paulo,   2018-11-04T01:00-02:00",
        "2022-03-27T00:00,       Asia/Beirut,         2022-03-27T01:00+03:00",
        "2023-04-28T00:00,       Africa/Cairo,        2023-04-28T01:00+03:00",
        "2023-03-12T00:30,       America/Havana,      2023-03-12T01:30-04:00",
        // the hour before or after midnight comes twice
        "2018-02-17T23:30,       America/Sao_Paulo,   2018-02-17T23:30-02:00",
        "2023-11-05T00:30,       America/Havana,      2023-11-05T00:30-04:00",
        // half an hour
        "2026-10-04T02:15,       Australia/Lord_Howe, 2026-10-04T02:45+11:00",
        "2026-04-05T01:45,       Australia/Lord_Howe, 2026-04-05T01:45+11:00",
        // a whole day left out
        "2011-12-30T09:00,       Pacific/Apia,        2011-12-31T09:00+14:00",
    })
    void theDefaultsAreThoseOfTheRfc(LocalDateTime local, String zone, OffsetDateTime expected) {
        assertThat(LocalTimes.resolve(local, ZoneId.of(zone))).isEqualTo(expected.toInstant());
        assertThat(LocalTimes.resolve(local, ZoneId.of(zone)))
                .isEqualTo(local.atZone(ZoneId.of(zone)).toInstant());
    }

    @ParameterizedTest
    @CsvSource({
        "2007-03-11T02:30, America/New_York",
        "2018-11-04T00:00, America/Sao_Paulo",
        "2026-10-04T02:15, Australia/Lord_Howe",
        "2011-12-30T09:00, Pacific/Apia",
    })
    void aTimeInAGapIsLeftOutWithSkip(LocalDateTime local, String zone) {
        assertThat(LocalTimes.resolve(local, ZoneId.of(zone), DstGap.SKIP, DstOverlap.FIRST))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2007-11-04T01:30, America/New_York,    2007-11-04T01:30-05:00",
        "2018-02-17T23:30, America/Sao_Paulo,   2018-02-17T23:30-03:00",
        "2023-11-05T00:30, America/Havana,      2023-11-05T00:30-05:00",
        "2026-04-05T01:45, Australia/Lord_Howe, 2026-04-05T01:45+10:30",
        "2026-12-01T09:00, Europe/Paris,        2026-12-01T09:00+01:00",
    })
    void aTimeThatComesTwiceIsTheSecondOnRequest(LocalDateTime local, String zone, OffsetDateTime expected) {
        Instant due = LocalTimes.resolve(local, ZoneId.of(zone), DstGap.SKIP, DstOverlap.SECOND);

        assertThat(due).isEqualTo(expected.toInstant());
    }
}
