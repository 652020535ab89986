package io.millrace.logic.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.task.Recurrence;
import io.millrace.schema.task.Recurrence.Kind;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the text, there is a schedule or a refusal, and soon. */
class GarbageTest {

    /** Far above what any rule takes, so that a busy machine does not fail the test. */
    private static final Duration SOON = Duration.ofMillis(500);

    private static final LocalDateTime START = LocalDateTime.parse("2026-01-31T23:59");

    @Property(tries = 1000)
    void anyText(@ForAll String text, @ForAll Kind kind) {
        assertScheduleOrRefusal(kind, text);
    }

    @Property(tries = 5000)
    void textMadeOfPiecesOfRules(@ForAll("piecesOfRules") String text) {
        assertScheduleOrRefusal(Kind.RULE, text);
    }

    @Property(tries = 5000)
    void textMadeOfPiecesOfCron(@ForAll("piecesOfCron") String text) {
        assertScheduleOrRefusal(Kind.CRON, text);
    }

    @Property(tries = 2000)
    void aRuleWithOneCharacterChanged(@ForAll long seed, @ForAll char character) {
        RandomRules random = new RandomRules(seed);
        StringBuilder rule = new StringBuilder(random.rule());
        rule.setCharAt(Math.floorMod(seed, rule.length()), character < 128 ? character : '1');
        assertScheduleOrRefusal(Kind.RULE, rule.toString());
    }

    @Provide
    Arbitrary<String> piecesOfRules() {
        return joined(List.of(
                "FREQ=",
                "MINUTELY",
                "HOURLY",
                "DAILY",
                "WEEKLY",
                "MONTHLY",
                "YEARLY",
                "FREQ=YEARLY",
                "FREQ=MINUTELY",
                ";",
                ";",
                ";",
                "=",
                ",",
                ",",
                "-",
                "+",
                "0",
                "1",
                "2",
                "7",
                "29",
                "31",
                "53",
                "60",
                "366",
                "99999",
                ";INTERVAL=",
                ";COUNT=",
                ";UNTIL=",
                "20260230",
                "20270101T000000Z",
                ";BYMONTH=",
                ";BYMONTHDAY=",
                ";BYYEARDAY=",
                ";BYWEEKNO=",
                ";BYDAY=",
                "MO",
                "SU",
                ";BYHOUR=",
                ";BYMINUTE=",
                ";BYSECOND=",
                ";BYSETPOS=",
                ";WKST=",
                ";RSCALE=",
                "GREGORIAN",
                ";SKIP="));
    }

    @Provide
    Arbitrary<String> piecesOfCron() {
        return joined(List.of(
                " ",
                " ",
                " ",
                " ",
                "*",
                "*",
                "*",
                "/",
                "-",
                ",",
                "0",
                "1",
                "5",
                "7",
                "12",
                "30",
                "31",
                "59",
                "60",
                "MON",
                "SUN",
                "FRI",
                "JAN",
                "L",
                "W",
                "#",
                "?",
                "@daily",
                "0 9 * * "));
    }

    private static Arbitrary<String> joined(List<String> pieces) {
        return Arbitraries.of(pieces).list().ofMinSize(1).ofMaxSize(14).map(chosen -> String.join("", chosen));
    }

    /** A machine may stand still at any time; what is slow by itself is so each time. */
    private static void assertScheduleOrRefusal(Kind kind, String text) {
        Duration fastest = scheduleOrRefusal(kind, text);
        for (int again = 0; again < 3 && fastest.compareTo(SOON) >= 0; again++) {
            Duration time = scheduleOrRefusal(kind, text);
            fastest = time.compareTo(fastest) < 0 ? time : fastest;
        }
        assertThat(fastest).isLessThan(SOON);
    }

    private static Duration scheduleOrRefusal(Kind kind, String text) {
        Recurrence recurrence = Recurrence.of(kind, text);
        long begin = System.nanoTime();
        try {
            RecurrenceSchedule schedule = RecurrenceSchedule.compile(recurrence, START, ZoneId.of("Europe/Paris"));
            assertThat(schedule.first().recurrenceId()).isEqualTo(START);
            Occurrence second = schedule.next(START);
            assertThat(second == null || second.recurrenceId().isAfter(START)).isTrue();
        } catch (InvalidRecurrenceException e) {
            assertThat(e.field()).startsWith("recurrence.");
            assertThat(e.getMessage()).startsWith(e.field() + ": ").isNotEqualTo(e.field() + ": null");
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
