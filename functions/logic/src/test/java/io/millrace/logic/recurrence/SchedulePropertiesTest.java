package io.millrace.logic.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.task.Recurrence;
import io.millrace.schema.task.Recurrence.DstGap;
import io.millrace.schema.task.Recurrence.DstOverlap;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Laws of every series, whatever its rule, zone, policies, EXDATEs and RDATEs. */
class SchedulePropertiesTest {

    private static final List<String> ZONES = List.of(
            "UTC",
            "+05:45",
            "Europe/Paris",
            "America/New_York",
            "America/Sao_Paulo",
            "America/Havana",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Africa/Cairo",
            "Asia/Beirut");

    /** Hours before a gap or an overlap in one of the zones. */
    private static final List<String> EDGES = List.of(
            "2011-12-29T22:00",
            "2018-02-17T20:00",
            "2018-11-03T22:00",
            "2022-03-26T22:00",
            "2023-03-11T23:00",
            "2023-04-27T22:00",
            "2023-11-04T22:00",
            "2026-03-08T00:30",
            "2026-03-29T00:30",
            "2026-04-05T00:30",
            "2026-10-04T01:00",
            "2026-10-25T00:30");

    @Property(tries = 500)
    void occurrencesAscendByAtLeastAMinute(@ForAll long seed) {
        RecurrenceSchedule schedule = randomSchedule(new Random(seed));

        List<Occurrence> occurrences = Locals.take(schedule, 400);

        for (int i = 1; i < occurrences.size(); i++) {
            Occurrence before = occurrences.get(i - 1);
            Occurrence after = occurrences.get(i);
            assertThat(after.recurrenceId()).isAfter(before.recurrenceId());
            assertThat(after.due()).isAfterOrEqualTo(before.due().plusSeconds(60));
        }
    }

    @Property(tries = 500)
    void aQuestionFromAnywhereIsAnsweredAsByIterating(@ForAll long seed) {
        Random random = new Random(seed);
        RecurrenceSchedule schedule = randomSchedule(random);
        List<Occurrence> occurrences = Locals.take(schedule, 300);
        Assume.that(occurrences.size() > 1);

        for (int i = 0; i < 20; i++) {
            Occurrence near = occurrences.get(random.nextInt(occurrences.size() - 1));
            LocalDateTime after = near.recurrenceId().plusSeconds(random.nextInt(7200) - 3600L);
            Instant notBefore = near.due().plusSeconds(random.nextInt(7200) - 3600L);

            assertThat(firstOf(occurrences, after, Instant.MIN)).isIn(schedule.next(after), null);
            assertThat(firstOf(occurrences, after, notBefore)).isIn(schedule.next(after, notBefore), null);
            assertThat(firstOf(occurrences, LocalDateTime.MIN, notBefore))
                    .isIn(schedule.next(LocalDateTime.MIN, notBefore), null);
        }
    }

    /** Null when the answer lies beyond the occurrences that were taken. */
    private static Occurrence firstOf(List<Occurrence> occurrences, LocalDateTime after, Instant notDueBefore) {
        return occurrences.stream()
                .filter(o -> o.recurrenceId().isAfter(after) && !o.due().isBefore(notDueBefore))
                .findFirst()
                .orElse(null);
    }

    private static RecurrenceSchedule randomSchedule(Random random) {
        boolean edge = random.nextBoolean();
        RandomRules rules = new RandomRules(random.nextLong());
        LocalDateTime start = edge
                ? LocalDateTime.parse(EDGES.get(random.nextInt(EDGES.size())))
                        .plusSeconds(random.nextInt(3) * 20L + random.nextInt(300) * 60L)
                : rules.start();
        ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        Recurrence recurrence = Locals.with(
                Locals.rule(edge ? frequentRule(random) : rules.rule()),
                near(start, random),
                near(start, random),
                random.nextInt(3) == 0 ? DstGap.SKIP : DstGap.SHIFT,
                random.nextBoolean() ? DstOverlap.FIRST : DstOverlap.SECOND);
        try {
            return RecurrenceSchedule.compile(recurrence, start, zone);
        } catch (InvalidRecurrenceException e) {
            assertThat(e).hasMessageContaining("never matches");
            Assume.that(false);
            return null;
        }
    }

    private static String frequentRule(Random random) {
        String rule =
                switch (random.nextInt(4)) {
                    case 0 -> "FREQ=MINUTELY;INTERVAL=" + (1 + random.nextInt(45));
                    case 1 -> "FREQ=MINUTELY;BYSECOND=0;INTERVAL=" + (1 + random.nextInt(9));
                    case 2 -> "FREQ=HOURLY;BYMINUTE=0,1,15,30,59";
                    default -> "FREQ=DAILY";
                };
        return switch (random.nextInt(4)) {
            case 0 -> rule + ";COUNT=" + (1 + random.nextInt(200));
            case 1 -> rule + ";UNTIL=20261025T013000Z";
            default -> rule;
        };
    }

    private static List<LocalDateTime> near(LocalDateTime start, Random random) {
        return IntStream.range(0, random.nextInt(20))
                .mapToObj(i -> start.plusSeconds(20L * random.nextInt(900) - 1200))
                .toList();
    }
}
