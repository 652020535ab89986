package io.millrace.logic.recurrence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.schema.task.Recurrence;
import io.millrace.schema.task.Recurrence.DstGap;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedRulesTest {

    private static final LocalDateTime START = LocalDateTime.parse("2026-06-01T09:00");

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            # not an RRULE (RFC 5545 §3.3.10)
            ''                                   | Missing '='
            FREQ                                 | Missing '='
            COUNT=3                              | FREQ part is missing
            FREQ=                                | 'FREQ=' is not valid
            FREQ=FORTNIGHTLY                     | 'FREQ=FORTNIGHTLY' is not valid
            FREQ=DAILY;                          | ends with ';'
            FREQ=DAILY;;COUNT=2                  | Missing '='
            ' FREQ=DAILY'                        | only letters
            FREQ=DAILY;BYHOUR=١                  | only letters
            RRULE:RRULE:FREQ=DAILY               | only letters
            FREQ=DAILY;FOO=1                     | 'FOO=1' is not valid
            FREQ=DAILY;X-FOO=1                   | 'X-FOO=1' is not valid
            FREQ=DAILY;BYEASTER=1                | 'BYEASTER=1' is not valid
            FREQ=DAILY;COUNT=2;COUNT=3           | duplicate part COUNT
            FREQ=DAILY;BYDAY=1                   | 'BYDAY=1' is not valid
            FREQ=WEEKLY;BYDAY=TU,MON             | 'BYDAY=TU,MON' is not valid: 'MON' in BYDAY, allowed is MO, TU, WE, TH, FR, SA or SU
            FREQ=WEEKLY;BYDAY=MON                | 'BYDAY=MON' is not valid
            FREQ=DAILY;WKST=XX                   | 'WKST=XX' is not valid
            FREQ=MONTHLY;BYMONTHDAY=             | 'BYMONTHDAY=' is not valid
            FREQ=MONTHLY;BYMONTHDAY=1,           | ends with ','
            FREQ=MONTHLY;BYMONTHDAY=,1           | 'BYMONTHDAY=,1' is not valid
            FREQ=DAILY;COUNT=+3                  | 'COUNT=+3' takes no sign
            FREQ=DAILY;BYHOUR=1,+2               | 'BYHOUR=1,+2' takes no sign
            # out of range
            FREQ=MONTHLY;BYMONTHDAY=32           | 'BYMONTHDAY=32' is not valid: '32' in BYMONTHDAY, allowed is 1 to 31 and -31 to -1
            FREQ=MONTHLY;BYMONTHDAY=0            | 'BYMONTHDAY=0' is not valid
            FREQ=DAILY;BYMONTH=13                | 'BYMONTH=13' is not valid: '13' in BYMONTH, allowed is 1 to 12
            FREQ=YEARLY;BYYEARDAY=367            | 'BYYEARDAY=367' is not valid
            FREQ=YEARLY;BYWEEKNO=54              | 'BYWEEKNO=54' is not valid
            FREQ=MONTHLY;BYDAY=54MO              | 'BYDAY=54MO' is not valid
            FREQ=MONTHLY;BYDAY=0MO               | 'BYDAY=0MO' is not valid
            FREQ=DAILY;BYHOUR=24                 | 'BYHOUR=24' is not valid
            FREQ=DAILY;BYMINUTE=60               | 'BYMINUTE=60' is not valid
            FREQ=DAILY;BYSECOND=61               | 'BYSECOND=61' is not valid
            FREQ=DAILY;BYHOUR=1,2;BYSETPOS=0     | 'BYSETPOS=0' is not valid
            FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367   | BYSETPOS is from 1 to 366
            FREQ=DAILY;INTERVAL=0                | 'INTERVAL=0' is not valid
            FREQ=DAILY;INTERVAL=-1               | 'INTERVAL=-1' is not valid
            FREQ=DAILY;INTERVAL=1000001          | INTERVAL is at most 1000000
            FREQ=DAILY;INTERVAL=99999999999      | 'INTERVAL=99999999999' is not valid
            FREQ=DAILY;COUNT=0                   | 'COUNT=0' is not valid
            FREQ=DAILY;COUNT=10001               | COUNT is at most 10000
            FREQ=DAILY;UNTIL=20260230            | UNTIL=20260230 does not exist
            FREQ=DAILY;UNTIL=20260201T250000     | UNTIL=20260201T250000 does not exist
            FREQ=DAILY;UNTIL=20260201T235961Z    | UNTIL=20260201T235961Z does not exist
            FREQ=DAILY;UNTIL=2026-02-01          | 'UNTIL=2026-02-01' is not valid
            FREQ=DAILY;UNTIL=20260201Z           | UNTIL=20260201Z
            # combinations the RFC forbids
            FREQ=DAILY;COUNT=2;UNTIL=20270101    | UNTIL and COUNT
            FREQ=DAILY;BYSETPOS=1                | BYSETPOS must only be used
            FREQ=WEEKLY;BYDAY=1MO                | BYDAY
            FREQ=DAILY;BYDAY=1MO                 | BYDAY
            FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO    | BYDAY
            FREQ=MONTHLY;BYWEEKNO=20             | BYWEEKNO
            FREQ=MONTHLY;BYYEARDAY=20            | BYYEARDAY
            FREQ=DAILY;BYYEARDAY=20              | BYYEARDAY
            FREQ=WEEKLY;BYMONTHDAY=20            | BYMONTHDAY
            # RFC 7529
            FREQ=DAILY;RSCALE=GREGORIAN          | RSCALE and SKIP
            FREQ=MONTHLY;SKIP=FORWARD            | RSCALE and SKIP
            # closer than a minute
            FREQ=SECONDLY                        | too frequent
            FREQ=SECONDLY;INTERVAL=3600          | too frequent
            FREQ=MINUTELY;BYSECOND=0,30          | too frequent
            FREQ=DAILY;BYSECOND=58,60            | too frequent
            # never
            FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30  | never matches
            FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31 | never matches
            FREQ=MONTHLY;BYDAY=6MO               | never matches
            FREQ=WEEKLY;BYDAY=SA;BYSETPOS=2      | never matches: BYSETPOS picks 2 of at most 1 time in an interval
            FREQ=DAILY;BYHOUR=9;BYSETPOS=-2      | never matches: BYSETPOS picks -2 of at most 1 time in an interval
            FREQ=MONTHLY;BYMONTHDAY=1,2;BYSETPOS=-3 | never matches: BYSETPOS picks -3 of at most 2 times in an interval
            FREQ=MINUTELY;BYSECOND=5;BYSETPOS=2  | never matches: BYSETPOS picks 2 of at most 1 time in an interval
            FREQ=HOURLY;BYMINUTE=5;BYSETPOS=2    | never matches: BYSETPOS picks 2 of at most 1 time in an interval
            FREQ=YEARLY;BYMONTH=1;BYYEARDAY=60   | never matches
            FREQ=HOURLY;INTERVAL=2;BYHOUR=10     | never matches
            FREQ=HOURLY;INTERVAL=168;BYDAY=TU    | never matches
            FREQ=MINUTELY;INTERVAL=2;BYMINUTE=1  | never matches
            FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;BYHOUR=1;BYMINUTE=2;BYSETPOS=2 | never matches
            """)
    void aRuleIsRefusedWithTheReason(String rule, String reason) {
        InvalidRecurrenceException refusal = refusal(Locals.rule(rule), START);

        assertThat(refusal).hasMessageStartingWith("recurrence.rule: ").hasMessageContaining(reason);
        assertThat(refusal.field()).isEqualTo("recurrence.rule");
        assertThat(refusal.getStackTrace()).isEmpty();
    }

    @Test
    void aRuleOfMoreThanAThousandCharactersIsRefused() {
        String rule = "FREQ=DAILY;BYHOUR=" + String.join(",", Collections.nCopies(500, "1"));

        assertThat(refusal(Locals.rule(rule), START)).hasMessage("recurrence.rule: is longer than 1000 characters");
    }

    @ParameterizedTest
    @CsvSource({"''", "Daily", "hourly", "every day"})
    void everyIsOneOfFourWords(String every) {
        assertThat(refusal(Locals.every(every), START))
                .hasMessage("recurrence.every: is one of daily, weekly, monthly, yearly, not '" + every + "'");
    }

    @ParameterizedTest
    @CsvSource({"1899-12-31T23:59:59", "2201-01-01T00:00", "-999999999-01-01T00:00", "+999999999-12-31T23:59"})
    void aSeriesDoesNotStartOutsideItsYears(LocalDateTime start) {
        assertThat(refusal(Locals.rule("FREQ=DAILY"), start))
                .hasMessage("due_at: a series starts in the years 1900 to 2200");
        assertThat(refusal(Locals.from(start, Locals.rule("FREQ=DAILY")), start).field())
                .isEqualTo("recurrence.dtstart");
    }

    @Test
    void moreThan500DatesAreRefused() {
        List<LocalDateTime> dates = Collections.nCopies(501, START);

        assertThat(refusal(Locals.excluding(Locals.rule("FREQ=DAILY"), dates), START)
                        .field())
                .isEqualTo("recurrence.exdates");
        assertThat(refusal(Locals.adding(Locals.rule("FREQ=DAILY"), dates), START)
                        .field())
                .isEqualTo("recurrence.rdates");
    }

    @ParameterizedTest
    @CsvSource({
        "FREQ=DAILY;UNTIL=20260531",
        "FREQ=DAILY;UNTIL=20260601T085959",
        "FREQ=DAILY;UNTIL=20260601T085959Z",
    })
    void anUntilBeforeTheStartIsRefusedWhenGivenAndFollowedWhenItWasAccepted(String rule) {
        assertThat(catchThrowableOfType(
                        InvalidRecurrenceException.class,
                        () -> RecurrenceSchedule.compileGiven(Locals.rule(rule), START, ZoneOffset.UTC)))
                .hasMessageStartingWith("recurrence.rule: UNTIL is before the start, 2026-06-01T09:00");
        assertThat(RecurrenceSchedule.compile(Locals.rule(rule), START, ZoneOffset.UTC)
                        .next(START))
                .isNull();
    }

    @Test
    void anUntilAtTheStartIsAccepted() {
        assertThat(RecurrenceSchedule.compileGiven(
                                Locals.rule("FREQ=DAILY;UNTIL=20260601T090000Z"), START, ZoneOffset.UTC)
                        .next(START))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;BYHOUR=2;BYMINUTE=30 | true",
                "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;BYHOUR=2;BYMINUTE=30 | false",
                "FREQ=MINUTELY;BYMONTH=3;BYDAY=SU;BYMONTHDAY=25,26,27,28,29,30,31;BYHOUR=2 | true",
            })
    void aRuleWhoseTimesAreAllSkippedIsRefused(String text, boolean skips) {
        Recurrence rule = Locals.with(
                Locals.rule(text),
                List.of(),
                List.of(),
                skips ? DstGap.SKIP : DstGap.SHIFT,
                Recurrence.DstOverlap.FIRST);

        InvalidRecurrenceException refusal = catchThrowableOfType(
                InvalidRecurrenceException.class,
                () -> RecurrenceSchedule.compileGiven(rule, START, ZoneId.of("Europe/Paris")));

        if (skips) {
            assertThat(refusal).hasMessageContaining("does not exist in Europe/Paris, and dst_gap is skip");
        } else {
            assertThat(refusal).isNull();
        }
    }

    /** Counted, so that it holds on any machine and before anything is compiled to machine code. */
    @Test
    void aSearchForWhatNeverComesAsksAboutEachKindOfDayOnce() {
        long start = START.toEpochSecond(ZoneOffset.UTC);
        for (Frequency unit : List.of(Frequency.YEARLY, Frequency.MONTHLY, Frequency.WEEKLY, Frequency.DAILY)) {
            AtomicInteger asked = new AtomicInteger();
            RuleTimes times = new RuleTimes(
                    start,
                    new Periods(unit, 1, START.toLocalDate(), DayOfWeek.MONDAY),
                    day -> asked.incrementAndGet() > 0 && day.getDayOfYear() % 2 == 0,
                    DayTimes.everyDay(List.of(9), List.of(0), List.of(0)),
                    List.of(367));

            assertThat(times.everMatches(Steps.ofFollowed())).isFalse();
            assertThat(asked.get()).isLessThanOrEqualTo(28 * 366);
        }
    }

    private static InvalidRecurrenceException refusal(Recurrence recurrence, LocalDateTime start) {
        return catchThrowableOfType(
                InvalidRecurrenceException.class, () -> RecurrenceSchedule.compile(recurrence, start, ZoneOffset.UTC));
    }
}
