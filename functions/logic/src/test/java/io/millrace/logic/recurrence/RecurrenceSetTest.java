package io.millrace.logic.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.task.Recurrence;
import io.millrace.schema.task.Recurrence.DstGap;
import io.millrace.schema.task.Recurrence.DstOverlap;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DTSTART, rule, RDATE and EXDATE together: RFC 5545 §3.8.5. */
class RecurrenceSetTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            EXDATE of the first              | FREQ=DAILY;COUNT=3 | 2026-06: 1         | -                  | 2026-06: 2 3
            EXDATE of the last               | FREQ=DAILY;COUNT=3 | 2026-06: 3         | -                  | 2026-06: 1 2
            EXDATE counts toward COUNT       | FREQ=DAILY;COUNT=3 | 2026-06: 2         | -                  | 2026-06: 1 3
            EXDATE of nothing                | FREQ=DAILY;COUNT=2 | 2026-06: 1@09:01   | -                  | 2026-06: 1 2
            EXDATE of a whole second         | FREQ=DAILY;COUNT=2 | 2026-06: 1@09:00:00.5 | -               | 2026-06: 2
            EXDATE of all                    | FREQ=DAILY;COUNT=2 | 2026-06: 1 2       | -                  | -
            RDATE between                    | FREQ=DAILY;COUNT=2 | -                  | 2026-06: 1@15:00   | 2026-06: 1 1@15:00 2
            RDATE after the end              | FREQ=DAILY;COUNT=2 | -                  | 2026-07: 1         | 2026-06: 1 2 2026-07: 1
            RDATE after UNTIL                | FREQ=DAILY;UNTIL=20260602 | -           | 2026-07: 1         | 2026-06: 1 2 2026-07: 1
            RDATE before DTSTART             | FREQ=DAILY;COUNT=2 | -                  | 2026-05: 31        | 2026-05: 31 2026-06: 1 2
            RDATE not counted by COUNT       | FREQ=DAILY;COUNT=2 | -                  | 2026-06: 1@10:00   | 2026-06: 1 1@10:00 2
            RDATE equal to a rule time       | FREQ=DAILY;COUNT=2 | -                  | 2026-06: 2         | 2026-06: 1 2
            RDATE given twice                | FREQ=DAILY;COUNT=1 | -                  | 2026-06: 2 2       | 2026-06: 1 2
            RDATE excluded                   | FREQ=DAILY;COUNT=2 | 2026-06: 1@15:00   | 2026-06: 1@15:00   | 2026-06: 1 2
            RDATE and rule time excluded     | FREQ=DAILY;COUNT=2 | 2026-06: 2         | 2026-06: 2         | 2026-06: 1
            RDATE in place of an excluded    | FREQ=DAILY;COUNT=2 | 2026-06: 2         | 2026-06: 2@09:00:30 | 2026-06: 1 2@09:00:30
            RDATE less than a minute after   | FREQ=DAILY;COUNT=2 | -                  | 2026-06: 1@09:00:59 | 2026-06: 1 2
            RDATE a minute after             | FREQ=DAILY;COUNT=2 | -                  | 2026-06: 1@09:01   | 2026-06: 1 1@09:01 2
            RDATE less than a minute before  | FREQ=DAILY;COUNT=2 | -                  | 2026-06: 2@08:59:01 | 2026-06: 1 2
            RDATE a minute before            | FREQ=DAILY;COUNT=2 | -                  | 2026-06: 2@08:59   | 2026-06: 1 2@08:59 2
            RDATEs within a minute           | FREQ=DAILY;COUNT=1 | -                  | 2026-06: 2@08:00:00 2@08:00:30 2@08:01:00 | 2026-06: 1 2@08:00 2@08:01
            RDATE beyond the horizon         | FREQ=DAILY;COUNT=1 | -                  | 2200-12: 31 2201-01: 1 | 2026-06: 1 2200-12: 31
            """)
    void aSet(String name, String rule, String exdates, String rdates, String expected) {
        Recurrence recurrence =
                Locals.with(Locals.rule(rule), locals(exdates), locals(rdates), DstGap.SHIFT, DstOverlap.FIRST);

        RecurrenceSchedule schedule =
                RecurrenceSchedule.compile(recurrence, LocalDateTime.parse("2026-06-01T09:00"), ZoneOffset.UTC);

        assertThat(Locals.takeLocals(schedule, 1000)).isEqualTo(locals(expected));
    }

    @Test
    void aRuleTimeRightAfterTheStartIsPassedOver() {
        RecurrenceSchedule schedule = Locals.schedule("FREQ=MINUTELY;BYSECOND=0;COUNT=3", "2026-06-01T09:00:01", "UTC");

        assertThat(Locals.takeLocals(schedule, 10)).isEqualTo(Locals.of("2026-06: 1@09:00:01 1@09:02"));
        assertThat(schedule.next(LocalDateTime.parse("2026-06-01T09:00:30")).recurrenceId())
                .isEqualTo("2026-06-01T09:02");
    }

    @Test
    void anExcludedStartDoesNotCrowdOutTheRule() {
        LocalDateTime start = LocalDateTime.parse("2026-06-01T09:00:01");
        RecurrenceSchedule schedule = RecurrenceSchedule.compile(
                Locals.excluding(Locals.rule("FREQ=MINUTELY;BYSECOND=0"), List.of(start)), start, ZoneOffset.UTC);

        assertThat(schedule.next(start).recurrenceId()).isEqualTo("2026-06-01T09:01");
    }

    @Test
    void theFractionOfASecondOfTheStartIsCutOff() {
        RecurrenceSchedule schedule = Locals.schedule("FREQ=DAILY", "2026-06-01T09:00:00.750", "UTC");

        assertThat(schedule.first())
                .isEqualTo(
                        new Occurrence(LocalDateTime.parse("2026-06-01T09:00"), Instant.parse("2026-06-01T09:00:00Z")));
        assertThat(schedule.next(LocalDateTime.parse("2026-06-01T09:00:00.750")).recurrenceId())
                .isEqualTo("2026-06-02T09:00");
    }

    /** The 02:30 of the gap is due at 03:30, and so is the RDATE at 03:30; 03:00 would come before it. */
    @Test
    void anRdateGivesWayToAShiftedRuleTime() {
        Recurrence recurrence = Locals.adding(
                Locals.rule("FREQ=DAILY"), Locals.of("2026-03: 29@01:30 29@03:00 29@03:30 29@03:31 29@02:10"));

        RecurrenceSchedule schedule = RecurrenceSchedule.compile(
                recurrence, LocalDateTime.parse("2026-03-28T02:30"), ZoneId.of("Europe/Paris"));

        assertThat(Locals.takeLocals(schedule, 6))
                .isEqualTo(Locals.of("2026-03: 28@02:30 29@01:30 29@02:10 29@02:30 29@03:31 30@02:30"));
    }

    @ParameterizedTest
    @CsvSource({
        // after, not due before, expected
        "2026-06-01T09:00, -1000000000-01-01T00:00:00Z, 2026-06-02T09:00",
        "2026-06-01T08:59, 1970-01-01T00:00:00Z,        2026-06-01T09:00",
        "2026-06-01T09:00, 2026-06-10T09:00:00Z,        2026-06-10T09:00",
        "2026-06-01T09:00, 2026-06-10T09:00:00.001Z,    2026-06-10T12:00",
        "2026-06-01T09:00, 2026-06-10T12:00:00.001Z,    2026-06-11T09:00",
        "2026-06-11T09:00, 2026-06-01T09:00:00Z,        2026-06-12T09:00",
        "2026-06-01T09:00, 2199-12-31T09:00:00Z,        2199-12-31T09:00",
        "2026-06-01T09:00, 2200-12-31T09:00:01Z,        ",
        "2026-06-01T09:00, +1000000000-12-31T23:59:59Z, ",
        "+999999999-12-31T23:59:59, 2026-06-01T09:00:00Z, ",
    })
    void theNextOneIsNotDueBefore(LocalDateTime after, Instant notDueBefore, LocalDateTime expected) {
        Recurrence recurrence = Locals.adding(Locals.rule("FREQ=DAILY"), Locals.of("2026-06: 10@12:00"));
        RecurrenceSchedule schedule =
                RecurrenceSchedule.compile(recurrence, LocalDateTime.parse("2026-06-01T09:00"), ZoneOffset.UTC);

        Occurrence next = schedule.next(after, notDueBefore);

        assertThat(next == null ? null : next.recurrenceId()).isEqualTo(expected);
    }

    @Test
    void fiveHundredRdatesAmongMinutesAreJudgedOneByOne() {
        LocalDateTime start = LocalDateTime.parse("2011-12-29T00:00");
        List<LocalDateTime> rdates = IntStream.range(0, 500)
                .mapToObj(i -> start.plusSeconds(i * 170L))
                .toList();
        RecurrenceSchedule schedule = RecurrenceSchedule.compile(
                Locals.adding(Locals.rule("FREQ=MINUTELY;INTERVAL=2"), rdates), start, ZoneId.of("Pacific/Apia"));

        List<Occurrence> occurrences = Locals.take(schedule, 2000);

        for (int i = 1; i < occurrences.size(); i++) {
            assertThat(occurrences.get(i).due())
                    .isAfterOrEqualTo(occurrences.get(i - 1).due().plusSeconds(60));
        }
        assertThat(occurrences).extracting(Occurrence::recurrenceId).contains(start.plusMinutes(17));
    }

    private static List<LocalDateTime> locals(String text) {
        return text == null ? List.of() : Locals.of(text);
    }
}
