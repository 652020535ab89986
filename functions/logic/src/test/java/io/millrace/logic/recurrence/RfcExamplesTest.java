package io.millrace.logic.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every RRULE example of RFC 5545 §3.8.5.3, in America/New_York, with the occurrences the RFC lists. A row without
 * {@code end} is a rule without end, of which the RFC lists the first.
 */
class RfcExamplesTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            Daily for 10 occurrences                        | 1997-09-02T09:00 | FREQ=DAILY;COUNT=10 | 1997-09: 2..11 | end
            Daily until December 24, 1997                   | 1997-09-02T09:00 | FREQ=DAILY;UNTIL=19971224T000000Z | 1997-09: 2..30 1997-10: 1..31 1997-11: 1..30 1997-12: 1..23 | end
            Every other day                                 | 1997-09-02T09:00 | FREQ=DAILY;INTERVAL=2 | 1997-09: 2..30/2 1997-10: 2..30/2 1997-11: 1..29/2 1997-12: 1..3/2 |
            Every 10 days, 5 occurrences                    | 1997-09-02T09:00 | FREQ=DAILY;INTERVAL=10;COUNT=5 | 1997-09: 2 12 22 1997-10: 2 12 | end
            Every day in January, for 3 years, yearly       | 1998-01-01T09:00 | FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA | 1998-01: 1..31 1999-01: 1..31 2000-01: 1..31 | end
            Every day in January, for 3 years, daily        | 1998-01-01T09:00 | FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1 | 1998-01: 1..31 1999-01: 1..31 2000-01: 1..31 | end
            Weekly for 10 occurrences                       | 1997-09-02T09:00 | FREQ=WEEKLY;COUNT=10 | 1997-09: 2 9 16 23 30 1997-10: 7 14 21 28 1997-11: 4 | end
            Weekly until December 24, 1997                  | 1997-09-02T09:00 | FREQ=WEEKLY;UNTIL=19971224T000000Z | 1997-09: 2 9 16 23 30 1997-10: 7 14 21 28 1997-11: 4 11 18 25 1997-12: 2 9 16 23 | end
            Every other week                                | 1997-09-02T09:00 | FREQ=WEEKLY;INTERVAL=2;WKST=SU | 1997-09: 2 16 30 1997-10: 14 28 1997-11: 11 25 1997-12: 9 23 1998-01: 6 20 1998-02: 3 17 |
            Tuesday and Thursday for five weeks, until      | 1997-09-02T09:00 | FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH | 1997-09: 2 4 9 11 16 18 23 25 30 1997-10: 2 | end
            Tuesday and Thursday for five weeks, count      | 1997-09-02T09:00 | FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH | 1997-09: 2 4 9 11 16 18 23 25 30 1997-10: 2 | end
            Every other week on Mo, We, Fr until Dec 24     | 1997-09-01T09:00 | FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR | 1997-09: 1 3 5 15 17 19 29 1997-10: 1 3 13 15 17 27 29 31 1997-11: 10 12 14 24 26 28 1997-12: 8 10 12 22 | end
            Every other week on Tu, Th, 8 occurrences       | 1997-09-02T09:00 | FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH | 1997-09: 2 4 16 18 30 1997-10: 2 14 16 | end
            Monthly on the first Friday, 10 occurrences     | 1997-09-05T09:00 | FREQ=MONTHLY;COUNT=10;BYDAY=1FR | 1997-09: 5 1997-10: 3 1997-11: 7 1997-12: 5 1998-01: 2 1998-02: 6 1998-03: 6 1998-04: 3 1998-05: 1 1998-06: 5 | end
            Monthly on the first Friday until December 24   | 1997-09-05T09:00 | FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR | 1997-09: 5 1997-10: 3 1997-11: 7 1997-12: 5 | end
            Every other month, first and last Sunday        | 1997-09-07T09:00 | FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU | 1997-09: 7 28 1997-11: 2 30 1998-01: 4 25 1998-03: 1 29 1998-05: 3 31 | end
            Second-to-last Monday for 6 months              | 1997-09-22T09:00 | FREQ=MONTHLY;COUNT=6;BYDAY=-2MO | 1997-09: 22 1997-10: 20 1997-11: 17 1997-12: 22 1998-01: 19 1998-02: 16 | end
            Third-to-the-last day of the month              | 1997-09-28T09:00 | FREQ=MONTHLY;BYMONTHDAY=-3 | 1997-09: 28 1997-10: 29 1997-11: 28 1997-12: 29 1998-01: 29 1998-02: 26 |
            2nd and 15th of the month, 10 occurrences       | 1997-09-02T09:00 | FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15 | 1997-09: 2 15 1997-10: 2 15 1997-11: 2 15 1997-12: 2 15 1998-01: 2 15 | end
            First and last day of the month, 10 occurrences | 1997-09-30T09:00 | FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1 | 1997-09: 30 1997-10: 1 31 1997-11: 1 30 1997-12: 1 31 1998-01: 1 31 1998-02: 1 | end
            Every 18 months on the 10th thru 15th           | 1997-09-10T09:00 | FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15 | 1997-09: 10..15 1999-03: 10..13 | end
            Every Tuesday, every other month                | 1997-09-02T09:00 | FREQ=MONTHLY;INTERVAL=2;BYDAY=TU | 1997-09: 2 9 16 23 30 1997-11: 4 11 18 25 1998-01: 6 13 20 27 1998-03: 3 10 17 24 31 |
            Yearly in June and July, 10 occurrences         | 1997-06-10T09:00 | FREQ=YEARLY;COUNT=10;BYMONTH=6,7 | 1997-06: 10 1997-07: 10 1998-06: 10 1998-07: 10 1999-06: 10 1999-07: 10 2000-06: 10 2000-07: 10 2001-06: 10 2001-07: 10 | end
            Every other year on Jan, Feb, Mar               | 1997-03-10T09:00 | FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3 | 1997-03: 10 1999-01: 10 1999-02: 10 1999-03: 10 2001-01: 10 2001-02: 10 2001-03: 10 2003-01: 10 2003-02: 10 2003-03: 10 | end
            Every third year, 1st, 100th, 200th day         | 1997-01-01T09:00 | FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200 | 1997-01: 1 1997-04: 10 1997-07: 19 2000-01: 1 2000-04: 9 2000-07: 18 2003-01: 1 2003-04: 10 2003-07: 19 2006-01: 1 | end
            Every 20th Monday of the year                   | 1997-05-19T09:00 | FREQ=YEARLY;BYDAY=20MO | 1997-05: 19 1998-05: 18 1999-05: 17 |
            Monday of week number 20                        | 1997-05-12T09:00 | FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO | 1997-05: 12 1998-05: 11 1999-05: 17 |
            Every Thursday in March                         | 1997-03-13T09:00 | FREQ=YEARLY;BYMONTH=3;BYDAY=TH | 1997-03: 13 20 27 1998-03: 5 12 19 26 1999-03: 4 11 18 25 |
            Every Thursday in June, July, August            | 1997-06-05T09:00 | FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8 | 1997-06: 5 12 19 26 1997-07: 3 10 17 24 31 1997-08: 7 14 21 28 1998-06: 4 11 18 25 1998-07: 2 9 16 23 30 1998-08: 6 13 20 27 1999-06: 3 10 17 24 1999-07: 1 8 15 22 29 1999-08: 5 12 19 26 |
            First Saturday that follows the first Sunday    | 1997-09-13T09:00 | FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13 | 1997-09: 13 1997-10: 11 1997-11: 8 1997-12: 13 1998-01: 10 1998-02: 7 1998-03: 7 1998-04: 11 1998-05: 9 1998-06: 13 |
            U.S. Presidential Election Day                  | 1996-11-05T09:00 | FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8 | 1996-11: 5 2000-11: 7 2004-11: 2 |
            Third instance of Tu, We, Th, 3 months          | 1997-09-04T09:00 | FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3 | 1997-09: 4 1997-10: 7 1997-11: 6 | end
            Second-to-last weekday of the month             | 1997-09-29T09:00 | FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2 | 1997-09: 29 1997-10: 30 1997-11: 27 1997-12: 30 1998-01: 29 1998-02: 26 1998-03: 30 |
            Every 3 hours from 9 to 5, UNTIL as printed     | 1997-09-02T09:00 | FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z | 1997-09: 2@09:00 2@12:00 | end
            Every 3 hours from 9 to 5, erratum: 17:00 EDT   | 1997-09-02T09:00 | FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z | 1997-09: 2@09:00 2@12:00 2@15:00 | end
            Every 15 minutes, 6 occurrences                 | 1997-09-02T09:00 | FREQ=MINUTELY;INTERVAL=15;COUNT=6 | 1997-09: 2@09:00 2@09:15 2@09:30 2@09:45 2@10:00 2@10:15 | end
            Every hour and a half, 4 occurrences            | 1997-09-02T09:00 | FREQ=MINUTELY;INTERVAL=90;COUNT=4 | 1997-09: 2@09:00 2@10:30 2@12:00 2@13:30 | end
            Every 20 minutes from 9:00 to 16:40, daily      | 1997-09-02T09:00 | FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40 | 1997-09: 2@09:00 2@09:20 2@09:40 2@10:00 2@10:20 2@10:40 2@11:00 2@11:20 2@11:40 2@12:00 2@12:20 2@12:40 2@13:00 2@13:20 2@13:40 2@14:00 2@14:20 2@14:40 2@15:00 2@15:20 2@15:40 2@16:00 2@16:20 2@16:40 3@09:00 3@09:20 |
            Every 20 minutes from 9:00 to 16:40, minutely   | 1997-09-02T09:00 | FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16 | 1997-09: 2@09:00 2@09:20 2@09:40 2@10:00 2@10:20 2@10:40 2@11:00 2@11:20 2@11:40 2@12:00 2@12:20 2@12:40 2@13:00 2@13:20 2@13:40 2@14:00 2@14:20 2@14:40 2@15:00 2@15:20 2@15:40 2@16:00 2@16:20 2@16:40 3@09:00 3@09:20 |
            Weeks that start on Monday                      | 1997-08-05T09:00 | FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO | 1997-08: 5 10 19 24 | end
            Weeks that start on Sunday                      | 1997-08-05T09:00 | FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU | 1997-08: 5 17 19 31 | end
            An invalid date is ignored                      | 2007-01-15T09:00 | FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5 | 2007-01: 15 30 2007-02: 15 2007-03: 15 30 | end
            """)
    void anExampleOfTheRfc(String name, LocalDateTime start, String rule, String expected, String end) {
        List<LocalDateTime> locals = Locals.of(expected);

        RecurrenceSchedule schedule = RecurrenceSchedule.compile(Locals.rule(rule), start, NEW_YORK);

        List<Occurrence> occurrences = Locals.take(schedule, "end".equals(end) ? 10_000 : locals.size());
        assertThat(occurrences).extracting(Occurrence::recurrenceId).isEqualTo(locals);
        assertThat(occurrences).allSatisfy(o -> assertThat(o.due())
                .isEqualTo(o.recurrenceId().atZone(NEW_YORK).toInstant()));
    }

    /** RFC 5545 §3.8.5.3 "Every Friday the 13th": the one example whose DTSTART does not match and is taken out. */
    @Test
    void fridayTheThirteenthWithoutItsStart() {
        LocalDateTime start = LocalDateTime.parse("1997-09-02T09:00");

        RecurrenceSchedule schedule = RecurrenceSchedule.compile(
                Locals.excluding(Locals.rule("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"), List.of(start)), start, NEW_YORK);

        assertThat(Locals.takeLocals(schedule, 5))
                .isEqualTo(Locals.of("1998-02: 13 1998-03: 13 1998-11: 13 1999-08: 13 2000-10: 13"));
    }
}
