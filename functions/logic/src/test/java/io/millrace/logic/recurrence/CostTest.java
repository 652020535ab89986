package io.millrace.logic.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that ask for a long search or a long walk: compiling one and asking it far from its start stays cheap. */
class CostTest {

    private static final LocalDateTime START = LocalDateTime.parse("2000-01-01T09:00");
    private static final LocalDateTime LATER = LocalDateTime.parse("2026-06-01T12:34:56");
    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    /** The quickest of several, as other work on the machine only adds; far above what is measured. */
    private static final Duration BOUND = Duration.ofMillis(100);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=MINUTELY",
                "FREQ=MINUTELY;COUNT=10000",
                "FREQ=MINUTELY;INTERVAL=7",
                "FREQ=MINUTELY;INTERVAL=999983",
                "FREQ=MINUTELY;BYHOUR=9;BYMINUTE=0;COUNT=10000",
                "FREQ=MINUTELY;INTERVAL=3;BYHOUR=9;BYMINUTE=0;COUNT=10000",
                "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=3;BYMINUTE=30",
                "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=MINUTELY;INTERVAL=7;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=1",
                "FREQ=MINUTELY;INTERVAL=7;BYDAY=MO,TU,WE,TH,FR,SA;BYHOUR=0,7,14,21;BYMINUTE=0,7,14,21,28,35,42,49,56",
                "FREQ=MINUTELY;INTERVAL=13;BYDAY=SU;BYMONTHDAY=29;BYMONTH=2",
                "FREQ=HOURLY;INTERVAL=1000000",
                "FREQ=DAILY;COUNT=10000",
                "FREQ=DAILY;INTERVAL=9999;COUNT=10000",
                "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2,4,6,9,11",
                "FREQ=YEARLY;BYMONTHDAY=20;BYDAY=MO;BYSETPOS=4",
                "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;COUNT=10000",
                "FREQ=YEARLY;BYWEEKNO=1,2,3,-1,-2;BYDAY=MO;BYSETPOS=366",
                "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20;"
                        + "BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29",
            })
    void theWorkIsBounded(String rule) {
        Duration quickest = Stream.generate(() -> cost(rule))
                .limit(5)
                .min(Duration::compareTo)
                .orElseThrow();

        assertThat(quickest).isLessThan(BOUND);
    }

    private static Duration cost(String rule) {
        long begin = System.nanoTime();
        try {
            RecurrenceSchedule schedule = RecurrenceSchedule.compile(Locals.rule(rule), START, ZONE);
            schedule.next(LATER);
            schedule.next(START, LATER.atZone(ZONE).toInstant());
        } catch (InvalidRecurrenceException e) {
            assertThat(e).hasMessageContaining("never matches");
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
