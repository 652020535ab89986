package io.millrace.logic.recurrence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.schema.task.Recurrence;
import io.millrace.schema.task.Recurrence.DstGap;
import io.millrace.schema.task.Recurrence.DstOverlap;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that ask for a long search or a long walk: compiling one and asking it takes a bounded number of steps. */
class CostTest {

    private static final LocalDateTime START = LocalDateTime.parse("1970-01-01T09:00");
    private static final LocalDateTime LATER = LocalDateTime.parse("2026-06-01T12:34:56");
    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");
    private static final String EVERY_DAY = "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU";
    private static final String EVERY_MINUTE = ";BYHOUR=" + upTo(24) + ";BYMINUTE=" + upTo(60);

    /** In vain a search looks at each second day at most, from 1970 to the year 2200. */
    private static final int MAX_FOLLOWED = 42_000 + 5_000;

    private static String upTo(int end) {
        return IntStream.range(0, end).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    private static int stepsOfGiven(Recurrence recurrence, LocalDateTime start) {
        Steps steps = Steps.ofGiven();
        RecurrenceSchedule.compileGiven(recurrence, start, ZONE, steps);
        return steps.taken();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=MINUTELY",
                "FREQ=MINUTELY;COUNT=10000",
                "FREQ=MINUTELY;INTERVAL=7",
                "FREQ=MINUTELY;INTERVAL=999983",
                "FREQ=MINUTELY;INTERVAL=1439;BYHOUR=3;BYMINUTE=7;COUNT=10000",
                "FREQ=MINUTELY;INTERVAL=1441;BYHOUR=3;BYMINUTE=7;BYDAY=MO;COUNT=10000",
                "FREQ=MINUTELY;BYHOUR=9;BYMINUTE=0;COUNT=10000",
                "FREQ=MINUTELY;INTERVAL=3;BYHOUR=9;BYMINUTE=0;COUNT=10000",
                "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=3;BYMINUTE=30",
                "FREQ=MINUTELY;INTERVAL=7;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=1",
                "FREQ=MINUTELY;INTERVAL=13;BYDAY=SU;BYMONTHDAY=29;BYMONTH=2",
                "FREQ=HOURLY;INTERVAL=1000000",
                "FREQ=HOURLY;INTERVAL=25;COUNT=10000",
                "FREQ=DAILY;COUNT=10000",
                "FREQ=DAILY;INTERVAL=9999;COUNT=10000",
                "FREQ=DAILY;INTERVAL=2;BYDAY=MO;COUNT=10000",
                "FREQ=WEEKLY;INTERVAL=5;BYMONTH=2;COUNT=10000",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=10000",
                "FREQ=YEARLY;BYMONTHDAY=20;BYDAY=MO;BYSETPOS=2",
                "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;COUNT=10000",
                "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=1;COUNT=10000",
                "FREQ=YEARLY;BYWEEKNO=1,2,3,-1,-2;BYDAY=MO;BYSETPOS=5",
                "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20;"
                        + "BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29",
            })
    void theStepsAreBounded(String rule) {
        Recurrence skipping = Locals.with(Locals.rule(rule), List.of(), List.of(), DstGap.SKIP, DstOverlap.FIRST);
        RecurrenceSchedule schedule = RecurrenceSchedule.compile(Locals.rule(rule), START, ZONE);

        assertThat(stepsOfGiven(Locals.rule(rule), START)).isLessThanOrEqualTo(Steps.MAX_GIVEN);
        assertThat(stepsOfGiven(skipping, START)).isLessThanOrEqualTo(Steps.MAX_GIVEN);
        for (LocalDateTime after : List.of(START.minusYears(1), LATER, LocalDateTime.of(2199, 12, 1, 0, 0))) {
            assertThat(stepsOf(schedule, after, Instant.MIN)).isLessThan(Steps.MAX_GIVEN);
            assertThat(stepsOf(schedule, START, after.atZone(ZONE).toInstant())).isLessThan(Steps.MAX_GIVEN);
        }
    }

    private static int stepsOf(RecurrenceSchedule schedule, LocalDateTime after, Instant notDueBefore) {
        Steps steps = Steps.ofFollowed();
        schedule.next(after, notDueBefore, steps);
        return steps.taken();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=MINUTELY;INTERVAL=1440;BYMINUTE=1",
                "FREQ=MINUTELY;INTERVAL=7;BYDAY=MO,TU,WE,TH,FR,SA;BYHOUR=0,7,14,21;BYMINUTE=0,7,14,21,28,35,42,49,56",
                "FREQ=YEARLY;BYMONTHDAY=20;BYDAY=MO;BYSETPOS=4",
                "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
                "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2,4,6,9,11",
                "FREQ=MONTHLY;INTERVAL=12;BYMONTH=7",
                "FREQ=YEARLY;BYWEEKNO=1,2,3,-1,-2;BYDAY=MO;BYSETPOS=366",
            })
    void thatARuleNeverMatchesIsFoundSoon(String rule) {
        Steps steps = Steps.ofGiven();

        assertThat(catchThrowableOfType(
                        InvalidRecurrenceException.class,
                        () -> RecurrenceSchedule.compileGiven(Locals.rule(rule), START, ZONE, steps)))
                .hasMessageContaining("never matches");
        assertThat(steps.taken()).isLessThanOrEqualTo(Steps.MAX_GIVEN);
    }

    /** Every second day, of which most are left out. */
    private static final Recurrence TOO_COSTLY = Locals.rule("FREQ=HOURLY;INTERVAL=48;BYDAY=MO,WE,FR;COUNT=10000");

    @Test
    void whatTakesTooManyStepsIsRefusedWhenGivenAndFollowedWhenItWasAccepted() {
        assertThat(catchThrowableOfType(
                        InvalidRecurrenceException.class,
                        () -> RecurrenceSchedule.compileGiven(TOO_COSTLY, START, ZONE)))
                .hasMessageStartingWith("recurrence.rule: takes more than 20000 steps to work out")
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("recurrence.rule"));

        Steps steps = Steps.ofFollowed();
        RecurrenceSchedule followed = RecurrenceSchedule.compile(TOO_COSTLY, START, ZONE, steps);
        assertThat(steps.taken()).isLessThan(MAX_FOLLOWED);
        assertThat(followed.next(LATER).recurrenceId()).isEqualTo(LocalDateTime.parse("2026-06-08T09:00"));
        assertThat(stepsOf(followed, LATER, Instant.MIN)).isLessThan(10);
    }

    @Test
    void thatItNeverMatchesMayTakeTooManySteps() {
        // From a Thursday on these are Thursdays, Sundays (from Saturday midnight on) and Tuesdays.
        Recurrence never = Locals.rule("FREQ=MINUTELY;INTERVAL=3360;BYDAY=MO,WE,FR");
        Steps steps = Steps.ofFollowed();

        assertThat(catchThrowableOfType(
                        InvalidRecurrenceException.class, () -> RecurrenceSchedule.compileGiven(never, START, ZONE)))
                .hasMessageContaining("takes more than 20000 steps");
        assertThat(catchThrowableOfType(
                        InvalidRecurrenceException.class, () -> RecurrenceSchedule.compile(never, START, ZONE, steps)))
                .hasMessageContaining("never matches");
        assertThat(steps.taken()).isLessThan(MAX_FOLLOWED);
    }

    private static List<LocalDateTime> dates(int seconds) {
        return IntStream.range(0, 500)
                .mapToObj(i -> START.plusDays(160L * i).plusSeconds(seconds))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";BYSETPOS=1,2,3,4,5,6,7,8,9,10,-1,-2,-3,-4,-5,-6,-7,-8,-9,-10", ";COUNT=10000"})
    void datesAreBoundedToo(String rest) {
        Recurrence all = Locals.with(
                Locals.rule(EVERY_DAY + EVERY_MINUTE + rest), dates(0), dates(30), DstGap.SHIFT, DstOverlap.FIRST);

        assertThat(stepsOfGiven(all, START)).isLessThan(Steps.MAX_GIVEN / 4);
    }

    @Test
    void datesThatTakeTooManyStepsAreNamed() {
        List<LocalDateTime> afterGaps = IntStream.range(1980, 2200)
                .mapToObj(year -> LocalDate.of(year, 3, 31)
                        .with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY))
                        .atTime(3, 59, 30))
                .toList();
        Recurrence costly = Locals.adding(Locals.rule("FREQ=MINUTELY"), afterGaps);

        assertThat(catchThrowableOfType(
                        InvalidRecurrenceException.class, () -> RecurrenceSchedule.compileGiven(costly, START, ZONE)))
                .hasMessageStartingWith("recurrence.rdates: takes more than 20000 steps");
        assertThat(RecurrenceSchedule.compile(costly, START, ZONE).next(LATER)).isNotNull();
    }

    @Property(tries = 500)
    void noRuleTakesMoreStepsThanThereAreDaysInVain(@ForAll long seed) {
        RandomRules rules = new RandomRules(seed);
        String rule = rules.rule() + (seed % 2 == 0 ? ";COUNT=10000" : "");
        LocalDateTime start = rules.start().minusYears(45);
        Steps compiling = Steps.ofFollowed();
        RecurrenceSchedule schedule;
        try {
            schedule = RecurrenceSchedule.compile(Locals.rule(rule), start, ZONE, compiling);
        } catch (InvalidRecurrenceException e) {
            assertThat(e).hasMessageContaining("never matches");
            return;
        } finally {
            assertThat(compiling.taken()).isLessThan(MAX_FOLLOWED);
        }
        LocalDateTime after = start.plusDays(new Random(seed).nextInt(80_000));

        assertThat(stepsOf(schedule, after, Instant.MIN)).isLessThan(Steps.MAX_GIVEN);
    }
}
