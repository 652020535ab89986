package io.millrace.logic.recurrence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The meaning of crontab(5), as Vixie cron and cronie read it. 2026-06-01 is a Monday. */
class CronRuleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            0 9 * * MON-FRI    | 2026-06-04T09:00 | 2026-06: 4 5 8 9 10 11 12 15
            0 9 * * mon-fri    | 2026-06-05T09:00 | 2026-06: 5 8
            0 9 * * 0          | 2026-06-07T09:00 | 2026-06: 7 14
            0 9 * * 7          | 2026-06-07T09:00 | 2026-06: 7 14
            0 9 * * SUN        | 2026-06-07T09:00 | 2026-06: 7 14
            0 9 * * 5-7        | 2026-06-05T09:00 | 2026-06: 5 6 7 12
            0 9 * * 0-2        | 2026-06-01T09:00 | 2026-06: 1 2 7 8 9
            0 9 * * SUN-TUE    | 2026-06-01T09:00 | 2026-06: 1 2 7 8 9
            0 9 * * SUN-SUN    | 2026-06-07T09:00 | 2026-06: 7 14
            0 9 * * SAT-SUN    | 2026-06-06T09:00 | 2026-06: 6 7 13
            0 9 * * 0-7        | 2026-06-01T09:00 | 2026-06: 1 2 3
            0 9 * * 3,7        | 2026-06-03T09:00 | 2026-06: 3 7 10
            0 9 * * 1-5/2      | 2026-06-01T09:00 | 2026-06: 1 3 5 8
            0 9 * * */3        | 2026-06-03T09:00 | 2026-06: 3 6 7 10
            0 9 * JAN,MAR 1    | 2026-01-26T09:00 | 2026-01: 26 2026-03: 2
            0 9 1 2-12/5 *     | 2026-02-01T09:00 | 2026-02: 1 2026-07: 1 2026-12: 1 2027-02: 1
            0 9 31 * *         | 2026-01-31T09:00 | 2026-01: 31 2026-03: 31
            0 9 29 2 *         | 2024-02-29T09:00 | 2024-02: 29 2028-02: 29
            30 9,17 * * *      | 2026-06-01T09:30 | 2026-06: 1@09:30 1@17:30 2@09:30
            */20 9-10 * * *    | 2026-06-01T09:00 | 2026-06: 1@09:00 1@09:20 1@09:40 1@10:00 1@10:20 1@10:40 2@09:00
            10-50/20 9 * * *   | 2026-06-01T09:10 | 2026-06: 1@09:10 1@09:30 1@09:50 2@09:10
            5/25 9 * * *       | 2026-06-01T09:05 | 2026-06: 1@09:05 1@09:30 1@09:55 2@09:05
            1,2-4,*/30 9 * * * | 2026-06-01T09:00 | 2026-06: 1@09:00 1@09:01 1@09:02 1@09:03 1@09:04 1@09:30 2@09:00
            * * * * *          | 2026-06-01T09:00 | 2026-06: 1@09:00 1@09:01 1@09:02
            ' 00  09 * * 1 '   | 2026-06-01T09:00 | 2026-06: 1 8
            # a step that is larger than its range gives the start of the range
            0 9 * * 0-6/7      | 2026-06-07T09:00 | 2026-06: 7 14
            0 9 * * 7/5        | 2026-06-07T09:00 | 2026-06: 7 14 21
            0 9 * * 0-SUN      | 2026-06-07T09:00 | 2026-06: 7 14
            0 9 * * 0/5        | 2026-06-05T09:00 | 2026-06: 5 7 12
            10-20/30 9 * * *   | 2026-06-01T09:10 | 2026-06: 1@09:10 2@09:10
            """)
    void aFieldIsReadAsCronDoes(String cron, LocalDateTime start, String expected) {
        assertOccurrences(cron, start, expected);
    }

    /** "If both fields are restricted (i.e., do not contain the * character), either field matches": crontab(5). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            0 9 13 * FRI   | 2026-06-05T09:00 | 2026-06: 5 12 13 19 26
            0 9 1,15 * 5   | 2026-06-01T09:00 | 2026-06: 1 5 12 15 19
            0 9 1-31 * MON | 2026-06-01T09:00 | 2026-06: 1 2 3
            0 9 13 * *     | 2026-06-13T09:00 | 2026-06: 13 2026-07: 13
            0 9 * * FRI    | 2026-06-05T09:00 | 2026-06: 5 12
            0 9 */2 * MON  | 2026-06-01T09:00 | 2026-06: 1 15 29 2026-07: 13
            0 9 13 * */5   | 2026-09-13T09:00 | 2026-09: 13 2026-11: 13 2026-12: 13
            """)
    void eitherDayFieldIsEnoughWhenBothAreRestricted(String cron, LocalDateTime start, String expected) {
        assertOccurrences(cron, start, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            0 9 * * MON | 2026-06-03T08:30    | 2026-06: 3@08:30 8 15
            * * * * *   | 2026-06-03T08:30    | 2026-06: 3@08:30 3@08:31
            * * * * *   | 2026-06-03T08:30:20 | 2026-06: 3@08:30:20 3@08:32 3@08:33
            """)
    void theStartIsTheFirstOccurrence(String cron, LocalDateTime start, String expected) {
        assertOccurrences(cron, start, expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "* * * *",
                "* * * * * *",
                "@daily",
                "60 * * * *",
                "0 24 * * *",
                "0 9 0 * *",
                "0 9 32 * *",
                "0 9 * 13 *",
                "0 9 * * 8",
                "*/0 * * * *",
                "*/100 * * * *",
                "/5 * * * *",
                "1,/5 * * * *",
                "*/ * * * *",
                "1/2/3 * * * *",
                "50-10 * * * *",
                "0 9 * * FRI-MON",
                "1-2-3 * * * *",
                "-1 * * * *",
                "1, * * * *",
                "1,,2 * * * *",
                "99999999999999999999 * * * *",
                "0 9 * * 0-/",
                "0 9 * * 0-5/-",
                "0 9 L * *",
                "0 9 1W * *",
                "0 9 * * 1#2",
                "0 9 ? * 1",
                "0 9 * * MONDAY",
                "0 9 ١ * *",
                "a b c d e",
                // dates that never come
                "0 0 30 2 *",
                "0 0 31 4,6,9,11 *",
            })
    void whatIsNoCronExpressionOrNeverMatchesIsRefused(String cron) {
        assertThatThrownBy(() -> RecurrenceSchedule.compile(
                        Locals.cron(cron), LocalDateTime.parse("2026-06-01T09:00"), ZoneOffset.UTC))
                .isInstanceOf(InvalidRecurrenceException.class)
                .hasMessageStartingWith("recurrence.cron: ")
                .hasNoCause()
                .hasFieldOrPropertyWithValue("field", "recurrence.cron");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            60 * * * *   | minute '60': 60 is out of range; allowed is 0 to 59
            0 24 * * *   | hour '24': 24 is out of range; allowed is 0 to 23
            0 9 1,32 * * | day of month '32': 32 is out of range; allowed is 1 to 31
            0 9 * 1-13 * | month '1-13': 13 is out of range; allowed is 1 to 12 or JAN to DEC
            0 9 * * 8    | day of week '8': 8 is out of range; allowed is 0 to 7 or SUN to SAT
            */0 9 * * *  | minute '*/0': the step 0 is out of range; allowed is 1 to 59
            50-10 9 * * * | minute '50-10': the range ends before it begins
            0 9 L * *    | day of month 'L': L is an extension
            0 9 15W * *  | day of month '15W': W is an extension
            0 9 * * 1#2  | day of week '1#2': # is an extension
            0 9 ? * 1    | day of month '?': ? is an extension
            0 9 * * MONDAY | day of week 'MONDAY': is none of its values; allowed is 0 to 7 or SUN to SAT
            @daily       | write '0 0 * * *' instead
            @hourly      | write '0 * * * *' instead
            @reboot      | write the five fields
            * * * *      | has 4 fields, not five
            """)
    void aRefusalNamesFieldValueAndRange(String cron, String reason) {
        assertThatThrownBy(() -> RecurrenceSchedule.compile(
                        Locals.cron(cron), LocalDateTime.parse("2026-06-01T09:00"), ZoneOffset.UTC))
                .hasMessageStartingWith("recurrence.cron: ")
                .hasMessageContaining(reason);
    }

    private static void assertOccurrences(String cron, LocalDateTime start, String expected) {
        List<LocalDateTime> locals = Locals.of(expected);

        RecurrenceSchedule schedule = RecurrenceSchedule.compile(Locals.cron(cron), start, ZoneOffset.UTC);

        assertThat(Locals.takeLocals(schedule, locals.size())).isEqualTo(locals);
    }
}
