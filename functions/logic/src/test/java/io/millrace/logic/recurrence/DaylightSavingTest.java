package io.millrace.logic.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.task.Recurrence;
import io.millrace.schema.task.Recurrence.DstGap;
import io.millrace.schema.task.Recurrence.DstOverlap;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Series across changes of the clock; what the changes are is the IANA time zone database's word. */
class DaylightSavingTest {

    /** Expected: the due instants with their offsets, from the first occurrence on. */
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            # gap 02:00-03:00 on 2026-03-29
            Europe/Paris        | 2026-03-28T02:30 | FREQ=DAILY | SHIFT | FIRST  | 2026-03-28T02:30+01:00 2026-03-29T03:30+02:00 2026-03-30T02:30+02:00
            Europe/Paris        | 2026-03-28T02:30 | FREQ=DAILY | SKIP  | FIRST  | 2026-03-28T02:30+01:00 2026-03-30T02:30+02:00
            # §3.3.10: a nonexistent local time is not counted
            Europe/Paris        | 2026-03-28T02:30 | FREQ=DAILY;COUNT=2 | SKIP  | FIRST  | 2026-03-28T02:30+01:00 2026-03-30T02:30+02:00 -
            Europe/Paris        | 2026-03-28T02:30 | FREQ=DAILY;COUNT=2 | SHIFT | FIRST  | 2026-03-28T02:30+01:00 2026-03-29T03:30+02:00 -
            # 02:30 is shifted onto 03:30, which is passed over
            Europe/Paris        | 2026-03-29T01:30 | FREQ=HOURLY | SHIFT | FIRST  | 2026-03-29T01:30+01:00 2026-03-29T03:30+02:00 2026-03-29T04:30+02:00
            Europe/Paris        | 2026-03-29T01:30 | FREQ=HOURLY | SKIP  | FIRST  | 2026-03-29T01:30+01:00 2026-03-29T03:30+02:00 2026-03-29T04:30+02:00
            # 02:50 is shifted to 03:50; 03:10, which would now come before it, is passed over
            Europe/Paris        | 2026-03-29T02:50 | FREQ=DAILY;BYHOUR=2,3;BYMINUTE=10,50 | SHIFT | FIRST  | 2026-03-29T03:50+02:00 2026-03-30T02:10+02:00
            # the start itself in a gap
            Europe/Paris        | 2026-03-29T02:30 | FREQ=DAILY | SKIP | FIRST  | 2026-03-30T02:30+02:00 2026-03-31T02:30+02:00
            Europe/Paris        | 2026-03-29T02:30 | FREQ=DAILY;COUNT=1 | SKIP | FIRST  | 2026-03-30T02:30+02:00 -
            # overlap 02:00-03:00 on 2026-10-25
            Europe/Paris        | 2026-10-24T02:30 | FREQ=DAILY | SHIFT | FIRST  | 2026-10-24T02:30+02:00 2026-10-25T02:30+02:00 2026-10-26T02:30+01:00
            Europe/Paris        | 2026-10-24T02:30 | FREQ=DAILY | SHIFT | SECOND | 2026-10-24T02:30+02:00 2026-10-25T02:30+01:00 2026-10-26T02:30+01:00
            Europe/Paris        | 2026-10-25T01:30 | FREQ=HOURLY | SHIFT | FIRST  | 2026-10-25T01:30+02:00 2026-10-25T02:30+02:00 2026-10-25T03:30+01:00
            Europe/Paris        | 2026-10-25T01:30 | FREQ=HOURLY | SHIFT | SECOND | 2026-10-25T01:30+02:00 2026-10-25T02:30+01:00 2026-10-25T03:30+01:00
            # midnight does not exist on 2018-11-04
            America/Sao_Paulo   | 2018-11-03T00:00 | FREQ=DAILY | SHIFT | FIRST  | 2018-11-03T00:00-03:00 2018-11-04T01:00-02:00 2018-11-05T00:00-02:00
            America/Sao_Paulo   | 2018-11-03T00:00 | FREQ=DAILY | SKIP  | FIRST  | 2018-11-03T00:00-03:00 2018-11-05T00:00-02:00
            # 23:00-24:00 comes twice on 2018-02-17
            America/Sao_Paulo   | 2018-02-16T23:30 | FREQ=DAILY | SHIFT | SECOND | 2018-02-16T23:30-02:00 2018-02-17T23:30-03:00 2018-02-18T23:30-03:00
            Asia/Beirut         | 2022-03-26T00:00 | FREQ=DAILY | SHIFT | FIRST  | 2022-03-26T00:00+02:00 2022-03-27T01:00+03:00 2022-03-28T00:00+03:00
            Africa/Cairo        | 2023-04-27T00:00 | FREQ=DAILY | SHIFT | FIRST  | 2023-04-27T00:00+02:00 2023-04-28T01:00+03:00 2023-04-29T00:00+03:00
            # 00:00-01:00 missing on 2023-03-12, twice on 2023-11-05
            America/Havana      | 2023-03-11T00:30 | FREQ=DAILY | SHIFT | FIRST  | 2023-03-11T00:30-05:00 2023-03-12T01:30-04:00 2023-03-13T00:30-04:00
            America/Havana      | 2023-11-04T00:30 | FREQ=DAILY | SHIFT | SECOND | 2023-11-04T00:30-04:00 2023-11-05T00:30-05:00 2023-11-06T00:30-05:00
            # half an hour: 02:00-02:30 missing on 2026-10-04, 01:30-02:00 twice on 2026-04-05
            Australia/Lord_Howe | 2026-10-03T02:15 | FREQ=DAILY | SHIFT | FIRST  | 2026-10-03T02:15+10:30 2026-10-04T02:45+11:00 2026-10-05T02:15+11:00
            Australia/Lord_Howe | 2026-10-04T01:45 | FREQ=MINUTELY;INTERVAL=30 | SHIFT | FIRST  | 2026-10-04T01:45+10:30 2026-10-04T02:45+11:00 2026-10-04T03:15+11:00
            Australia/Lord_Howe | 2026-04-04T01:45 | FREQ=DAILY | SHIFT | SECOND | 2026-04-04T01:45+11:00 2026-04-05T01:45+10:30 2026-04-06T01:45+10:30
            # 2011-12-30 does not exist: with SHIFT it is the 31st, so the 31st's own is passed over
            Pacific/Apia        | 2011-12-29T09:00 | FREQ=DAILY | SHIFT | FIRST  | 2011-12-29T09:00-10:00 2011-12-31T09:00+14:00 2012-01-01T09:00+14:00
            Pacific/Apia        | 2011-12-29T09:00 | FREQ=DAILY | SKIP  | FIRST  | 2011-12-29T09:00-10:00 2011-12-31T09:00+14:00 2012-01-01T09:00+14:00
            Pacific/Apia        | 2011-12-23T09:00 | FREQ=WEEKLY | SHIFT | FIRST  | 2011-12-23T09:00-10:00 2011-12-31T09:00+14:00 2012-01-06T09:00+14:00
            Pacific/Apia        | 2011-12-23T09:00 | FREQ=WEEKLY | SKIP  | FIRST  | 2011-12-23T09:00-10:00 2012-01-06T09:00+14:00
            # UNTIL in UTC against instants: 02:30 CEST is 00:30Z, 02:30 CET is 01:30Z
            Europe/Paris        | 2026-10-24T02:30 | FREQ=DAILY;UNTIL=20261025T003000Z | SHIFT | FIRST  | 2026-10-24T02:30+02:00 2026-10-25T02:30+02:00 -
            Europe/Paris        | 2026-10-24T02:30 | FREQ=DAILY;UNTIL=20261025T003000Z | SHIFT | SECOND | 2026-10-24T02:30+02:00 -
            Europe/Paris        | 2026-10-24T02:30 | FREQ=DAILY;UNTIL=20261025T013000Z | SHIFT | SECOND | 2026-10-24T02:30+02:00 2026-10-25T02:30+01:00 -
            Europe/Paris        | 2026-03-28T02:30 | FREQ=DAILY;UNTIL=20260329T012959Z | SHIFT | FIRST  | 2026-03-28T02:30+01:00 -
            Europe/Paris        | 2026-03-28T02:30 | FREQ=DAILY;UNTIL=20260329T013000Z | SHIFT | FIRST  | 2026-03-28T02:30+01:00 2026-03-29T03:30+02:00 -
            # a UTC instant that is the next day where the clocks are ahead
            Pacific/Auckland    | 2026-06-01T09:00 | FREQ=DAILY;UNTIL=20260601T210000Z | SHIFT | FIRST  | 2026-06-01T09:00+12:00 2026-06-02T09:00+12:00 -
            """)
    void aSeries(String zone, LocalDateTime start, String rule, DstGap gap, DstOverlap overlap, String expected) {
        boolean ends = expected.endsWith(" -");
        List<Instant> dues = Stream.of(expected.split(" "))
                .filter(text -> !text.equals("-"))
                .map(text -> OffsetDateTime.parse(text).toInstant())
                .toList();
        Recurrence recurrence = Locals.with(Locals.rule(rule), List.of(), List.of(), gap, overlap);

        RecurrenceSchedule schedule = RecurrenceSchedule.compile(recurrence, start, ZoneId.of(zone));

        assertThat(Locals.take(schedule, ends ? 100 : dues.size()))
                .extracting(Occurrence::due)
                .isEqualTo(dues);
    }

    @Test
    void aShiftedOccurrenceKeepsItsRecurrenceId() {
        RecurrenceSchedule schedule = Locals.schedule("FREQ=DAILY", "2026-03-29T02:30", "Europe/Paris");

        assertThat(schedule.first())
                .isEqualTo(
                        new Occurrence(LocalDateTime.parse("2026-03-29T02:30"), Instant.parse("2026-03-29T01:30:00Z")));
    }

    /** Each minute of the day that has only 23 hours comes once, wherever the question begins. */
    @Test
    void everyMinuteOfAShiftedHourComesOnce() {
        RecurrenceSchedule schedule = Locals.schedule("FREQ=MINUTELY", "2026-03-29T00:00", "Europe/Paris");

        List<Occurrence> day = Locals.take(schedule, 23 * 60);

        Instant midnight = Instant.parse("2026-03-28T23:00:00Z");
        for (int minute = 0; minute < day.size(); minute++) {
            assertThat(day.get(minute).due()).isEqualTo(midnight.plusSeconds(minute * 60L));
        }
        assertThat(schedule.next(LocalDateTime.parse("2026-03-29T03:10")).recurrenceId())
                .isEqualTo("2026-03-29T04:00");
    }

    @Test
    void theFirstDueFromAnInstantIsFoundAcrossChanges() {
        LocalDateTime start = LocalDateTime.parse("2026-01-01T00:00");
        for (DstGap gap : DstGap.values()) {
            for (DstOverlap overlap : DstOverlap.values()) {
                RecurrenceSchedule schedule = RecurrenceSchedule.compile(
                        Locals.with(Locals.rule("FREQ=MINUTELY;INTERVAL=10"), List.of(), List.of(), gap, overlap),
                        start,
                        ZoneId.of("Europe/Paris"));
                for (String change : List.of("2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z")) {
                    assertFoundAround(schedule, Instant.parse(change));
                }
            }
        }
    }

    private static void assertFoundAround(RecurrenceSchedule schedule, Instant change) {
        LocalDateTime dayBefore =
                LocalDateTime.ofInstant(change, ZoneId.of("UTC")).minusDays(1);
        for (int minutes = -180; minutes <= 180; minutes += 5) {
            Instant from = change.plusSeconds(minutes * 60L);
            Occurrence expected = schedule.next(dayBefore);
            while (expected.due().isBefore(from)) {
                expected = schedule.next(expected.recurrenceId());
            }
            assertThat(schedule.next(LocalDateTime.MIN, from)).isEqualTo(expected);
        }
    }
}
