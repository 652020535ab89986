package io.millrace.logic.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RuleReferenceTest {

    @Property(tries = 300)
    void aRuleGivesWhatLookingAtEveryMinuteGives(@ForAll long seed) {
        RandomRules random = new RandomRules(seed);
        LocalDateTime start = random.start();
        String rule = random.rule();
        LocalDate end = start.toLocalDate().plusMonths(rule.matches("FREQ=(HOURLY|MINUTELY).*") ? 2 : 30);
        List<LocalDateTime> expected = new ArrayList<>(new RuleReference(rule, start).until(end));
        if (expected.isEmpty() || !expected.get(0).equals(start)) {
            expected.add(0, start);
        }

        List<LocalDateTime> locals = localsUntil(rule, start, end, 2000);

        assertThat(locals)
                .as("%s from %s", rule, start)
                .isEqualTo(expected.subList(0, Math.min(2000, expected.size())));
    }

    private static List<LocalDateTime> localsUntil(String rule, LocalDateTime start, LocalDate end, int limit) {
        RecurrenceSchedule schedule;
        try {
            schedule = RecurrenceSchedule.compile(Locals.rule(rule), start, ZoneOffset.UTC);
        } catch (InvalidRecurrenceException e) {
            assertThat(e).hasMessageContaining("never matches");
            return List.of(start);
        }
        return Locals.takeLocals(schedule, limit).stream()
                .filter(local -> local.isBefore(end.atStartOfDay()))
                .toList();
    }
}
