package io.millrace.logic.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules beyond the examples of the RFC's §3.8.5.3. The source of a row is in its first column. */
class RruleShapesTest {

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            RFC 5545 §3.3.10, intervals          | 1997-01-05T08:30 | FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYDAY=SU;BYHOUR=8,9;BYMINUTE=30 | 1997-01: 5@08:30 5@09:30 12@08:30 12@09:30 19@08:30 19@09:30 26@08:30 26@09:30 1999-01: 3@08:30 |
            RFC 5545 §3.3.10, last work day      | 2026-01-30T09:00 | FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 | 2026-01: 30 2026-02: 27 2026-03: 31 2026-04: 30 2026-05: 29 |
            calendar: no 31st in short months    | 2026-01-31T09:00 | FREQ=MONTHLY | 2026-01: 31 2026-03: 31 2026-05: 31 2026-07: 31 2026-08: 31 |
            calendar: no Feb 30                  | 2026-01-30T09:00 | FREQ=MONTHLY | 2026-01: 30 2026-03: 30 2026-04: 30 |
            calendar: last day                   | 2024-01-31T09:00 | FREQ=MONTHLY;BYMONTHDAY=-1 | 2024-01: 31 2024-02: 29 2024-03: 31 2024-04: 30 |
            calendar: -31 is the 1st of long months | 2026-01-01T09:00 | FREQ=MONTHLY;BYMONTHDAY=-31 | 2026-01: 1 2026-03: 1 2026-05: 1 2026-07: 1 2026-08: 1 |
            calendar: Feb 29, leap years         | 2024-02-29T09:00 | FREQ=YEARLY | 2024-02: 29 2028-02: 29 2032-02: 29 |
            calendar: 2100 is no leap year       | 2096-02-29T09:00 | FREQ=YEARLY | 2096-02: 29 2104-02: 29 |
            calendar: every 4 years from a leap year | 2024-02-29T09:00 | FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=-1 | 2024-02: 29 2028-02: 29 |
            calendar: BYYEARDAY=-1               | 2023-12-31T09:00 | FREQ=YEARLY;BYYEARDAY=-1 | 2023-12: 31 2024-12: 31 2025-12: 31 |
            calendar: BYYEARDAY=366              | 2024-12-31T09:00 | FREQ=YEARLY;BYYEARDAY=366 | 2024-12: 31 2028-12: 31 |
            calendar: BYYEARDAY=-366             | 2024-01-01T09:00 | FREQ=YEARLY;BYYEARDAY=-366 | 2024-01: 1 2028-01: 1 |
            calendar: BYYEARDAY=60, leap or not  | 2023-03-01T09:00 | FREQ=YEARLY;BYYEARDAY=60 | 2023-03: 1 2024-02: 29 2025-03: 1 |
            table of RFC 5545: BYYEARDAY limits HOURLY | 2026-01-02T23:00 | FREQ=HOURLY;INTERVAL=12;BYYEARDAY=2,3 | 2026-01: 2@23:00 3@11:00 3@23:00 2027-01: 2@11:00 |
            table: BYMONTHDAY expands YEARLY to each month | 2026-01-15T09:00 | FREQ=YEARLY;BYMONTHDAY=15 | 2026-01: 15 2026-02: 15 2026-03: 15 |
            table: BYMONTH and BYYEARDAY both hold | 2026-02-09T09:00 | FREQ=YEARLY;BYMONTH=2;BYYEARDAY=40,100 | 2026-02: 9 2027-02: 9 |
            table: BYDAY limits with BYMONTHDAY  | 2026-02-13T09:00 | FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR | 2026-02: 13 2026-03: 13 2026-11: 13 2027-08: 13 |
            table: nth in the month with BYMONTH | 2026-03-29T09:00 | FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU | 2026-03: 29 2026-10: 25 2027-03: 28 2027-10: 31 |
            table: nth in the year without BYMONTH | 2026-01-05T09:00 | FREQ=YEARLY;BYDAY=1MO,-1MO | 2026-01: 5 2026-12: 28 2027-01: 4 2027-12: 27 |
            table: BYMONTH limits WEEKLY         | 2026-01-19T09:00 | FREQ=WEEKLY;BYMONTH=1,3;BYDAY=MO | 2026-01: 19 26 2026-03: 2 9 |
            table: BYHOUR expands DAILY          | 2026-01-01T06:00 | FREQ=DAILY;BYHOUR=18,6 | 2026-01: 1@06:00 1@18:00 2@06:00 |
            table: BYMINUTE expands HOURLY       | 2026-01-01T06:15 | FREQ=HOURLY;INTERVAL=5;BYMINUTE=45,15 | 2026-01: 1@06:15 1@06:45 1@11:15 1@11:45 |
            table: BYSECOND places MINUTELY      | 2026-01-01T06:00:30 | FREQ=MINUTELY;INTERVAL=720;BYSECOND=30 | 2026-01: 1@06:00:30 1@18:00:30 2@06:00:30 |
            RFC 5545 §3.3.12: second 60 is 59    | 2026-01-01T09:00:59 | FREQ=DAILY;BYSECOND=60 | 2026-01: 1@09:00:59 2@09:00:59 |
            BYSETPOS over times of a day         | 2026-01-01T08:00 | FREQ=DAILY;BYHOUR=8,12,16;BYSETPOS=1,-1 | 2026-01: 1@08:00 1@16:00 2@08:00 2@16:00 |
            BYSETPOS over days and times         | 2026-01-01T18:00 | FREQ=MONTHLY;BYMONTHDAY=1,2;BYHOUR=9,18;BYSETPOS=2,3 | 2026-01: 1@18:00 2@09:00 2026-02: 1@18:00 2@09:00 |
            BYSETPOS in an hour                  | 2026-01-01T08:20 | FREQ=HOURLY;BYMINUTE=0,20,40;BYSETPOS=2 | 2026-01: 1@08:20 1@09:20 |
            BYSETPOS in a minute                 | 2026-01-01T08:20:05 | FREQ=MINUTELY;INTERVAL=2;BYSECOND=5;BYSETPOS=-1 | 2026-01: 1@08:20:05 1@08:22:05 |
            BYSETPOS counts from the set's start, not DTSTART's | 2026-01-07T09:00 | FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1,2 | 2026-01: 7 12 14 19 |
            BYSETPOS in a year                   | 2026-07-01T09:00 | FREQ=YEARLY;BYDAY=WE;BYSETPOS=26,-1 | 2026-07: 1 2026-12: 30 2027-06: 30 2027-12: 29 |
            lib-recur issue 108: third Monday the 20th of a year | 2023-11-20T09:00 | FREQ=YEARLY;BYMONTHDAY=20;BYDAY=MO;BYSETPOS=3 | 2023-11: 20 2034-11: 20 2045-11: 20 |
            ISO 8601: week 53 of long years      | 2020-12-28T09:00 | FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO | 2020-12: 28 2026-12: 28 2032-12: 27 |
            ISO 8601: week 1 begins in December  | 2026-01-05T09:00 | FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO,TH | 2026-01: 5@09:00 2027-01: 4 7 2028-01: 3 6 2029-01: 1 4 2029-12: 31 2030-01: 3 |
            ISO 8601: the last week              | 2026-12-31T09:00 | FREQ=YEARLY;BYWEEKNO=-1;BYDAY=TH | 2026-12: 31 2027-12: 30 2028-12: 28 |
            ISO 8601: last week reaches January  | 2027-01-01T09:00 | FREQ=YEARLY;BYWEEKNO=-1;BYDAY=FR | 2027-01: 1 2027-12: 31 2028-12: 29 |
            weekday of DTSTART in a week number  | 2026-05-13T09:00 | FREQ=YEARLY;BYWEEKNO=20 | 2026-05: 13 2027-05: 19 2028-05: 17 |
            WKST=SU moves week 1                 | 2023-01-01T09:00 | FREQ=YEARLY;BYWEEKNO=1;BYDAY=SU;WKST=SU | 2023-01: 1 2023-12: 31 2024-12: 29 |
            WKST=MO, same days                   | 2023-01-08T09:00 | FREQ=YEARLY;BYWEEKNO=1;BYDAY=SU;WKST=MO | 2023-01: 8 2024-01: 7 2025-01: 5 |
            WKST=WE splits the week              | 2026-01-06T09:00 | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,WE;WKST=WE | 2026-01: 6 14 20 28 |
            parts in any order, lower case       | 2026-01-05T09:00 | byday=mo;interval=2;freq=weekly | 2026-01: 5 19 |
            RRULE: in front                      | 2026-01-05T09:00 | RRULE:FREQ=DAILY;COUNT=2 | 2026-01: 5 6 | end
            values given twice count once        | 2026-01-05T09:00 | FREQ=WEEKLY;BYDAY=MO,MO;BYHOUR=9,9;COUNT=3 | 2026-01: 5 12 19 | end
            DTSTART that does not match is first | 2026-01-07T09:00 | FREQ=WEEKLY;BYDAY=MO;COUNT=3 | 2026-01: 7 12 19 | end
            COUNT=1 is DTSTART alone             | 2026-01-07T09:00 | FREQ=WEEKLY;BYDAY=MO;COUNT=1 | 2026-01: 7 | end
            UNTIL before DTSTART leaves DTSTART  | 2026-01-07T09:00 | FREQ=DAILY;UNTIL=20250101 | 2026-01: 7 | end
            UNTIL a date includes that day       | 2026-01-07T09:00 | FREQ=DAILY;UNTIL=20260109 | 2026-01: 7..9 | end
            UNTIL local is inclusive             | 2026-01-07T09:00 | FREQ=DAILY;UNTIL=20260109T090000 | 2026-01: 7..9 | end
            UNTIL local a second before          | 2026-01-07T09:00 | FREQ=DAILY;UNTIL=20260109T085959 | 2026-01: 7..8 | end
            UNTIL in UTC is inclusive            | 2026-01-07T09:00 | FREQ=DAILY;UNTIL=20260109T090000Z | 2026-01: 7..9 | end
            UNTIL in UTC with a leap second      | 2026-01-07T09:00 | FREQ=DAILY;UNTIL=20260108T235960Z | 2026-01: 7..8 | end
            the horizon                          | 2199-12-31T09:00 | FREQ=YEARLY | 2199-12: 31 2200-12: 31 | end
            a step beyond the horizon            | 2026-01-07T09:00 | FREQ=YEARLY;INTERVAL=1000000 | 2026-01: 7 | end
            """)
    void aRule(String source, LocalDateTime start, String rule, String expected, String end) {
        List<LocalDateTime> locals = Locals.of(expected);

        RecurrenceSchedule schedule = RecurrenceSchedule.compile(Locals.rule(rule), start, ZoneOffset.UTC);

        assertThat(Locals.takeLocals(schedule, "end".equals(end) ? 10_000 : locals.size()))
                .isEqualTo(locals);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            daily   | 2026-03-28T09:00 | 2026-03: 28 29 30 31 2026-04: 1
            weekly  | 2026-03-28T09:00 | 2026-03: 28 2026-04: 4 11
            monthly | 2026-01-28T09:00 | 2026-01: 28 2026-02: 28 2026-03: 28
            monthly | 2026-01-29T09:00 | 2026-01: 29 2026-02: 28 2026-03: 29 2026-04: 29
            monthly | 2024-01-29T09:00 | 2024-01: 29 2024-02: 29 2024-03: 29
            monthly | 2026-01-30T09:00 | 2026-01: 30 2026-02: 28 2026-03: 30 2026-04: 30
            monthly | 2024-01-31T09:00 | 2024-01: 31 2024-02: 29 2024-03: 31 2024-04: 30 2024-05: 31
            yearly  | 2026-07-14T09:00 | 2026-07: 14 2027-07: 14
            yearly  | 2024-02-28T09:00 | 2024-02: 28 2025-02: 28
            yearly  | 2024-02-29T09:00 | 2024-02: 29 2025-02: 28 2026-02: 28 2027-02: 28 2028-02: 29
            """)
    void everyKeepsToTheLastDayOfAShorterMonth(String every, LocalDateTime start, String expected) {
        List<LocalDateTime> locals = Locals.of(expected);

        RecurrenceSchedule schedule = RecurrenceSchedule.compile(Locals.every(every), start, ZoneOffset.UTC);

        assertThat(Locals.takeLocals(schedule, locals.size())).isEqualTo(locals);
    }
}
