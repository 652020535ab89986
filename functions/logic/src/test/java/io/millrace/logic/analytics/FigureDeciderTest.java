package io.millrace.logic.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.analytics.FigureDecider.Effect;
import io.millrace.logic.analytics.FigureDecider.Pace;
import io.millrace.logic.decision.Decision;
import io.millrace.schema.analytics.FigureTable;
import io.millrace.schema.analytics.FiguresCounted;
import io.millrace.schema.analytics.FiguresCounted.Status;
import io.millrace.schema.analytics.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FigureDeciderTest {
    private static final long SEVEN = Instant.parse("2026-12-02T07:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final Pace PACE = new Pace(MINUTE, 10 * MINUTE, 24 * HOUR);
    private static final long CLOSED = SEVEN + HOUR + 10 * MINUTE;

    private final FigureDecider decider = new FigureDecider(PACE);
    private FigureState state;

    @Test
    void aRowIsToldAMinuteAfterItChangedAndClosedAfterItsHour() {
        assertThat(reminder(SEVEN + 5, 12)).isEqualTo(Effect.ADDED);
        reminder(SEVEN + 6, 20);
        assertThat(decider.nextWake(state)).isEqualTo(SEVEN + 5 + MINUTE);

        FiguresCounted open = wake();
        assertThat(open.status()).isEqualTo(Status.OPEN);
        assertThat(open.revision()).isEqualTo(1);
        assertThat(open.sums())
                .containsExactlyInAnyOrderEntriesOf(Map.of("sent", 2L, "snoozed", 0L, "within_objective", 2L));
        assertThat(open.distributions().get("late_by_ms").count()).isEqualTo(2);
        assertThat(open.distributions().get("late_by_ms").max()).isEqualTo(20);

        assertThat(decider.nextWake(state)).as("nothing changed until then").isEqualTo(CLOSED);
        FiguresCounted closed = wake();
        assertThat(closed.status()).isEqualTo(Status.CLOSED);
        assertThat(closed.revision()).isEqualTo(2);
        assertThat(closed.sums()).isEqualTo(open.sums());
        assertThat(closed.envelope().eventId()).isNotEqualTo(open.envelope().eventId());
    }

    @Test
    void whatComesAfterThatCorrectsIt() {
        reminder(SEVEN + 5, 12);
        wake();
        wake();
        reminder(CLOSED + HOUR, 30);
        assertThat(decider.nextWake(state)).isEqualTo(CLOSED + HOUR + MINUTE);

        FiguresCounted corrected = wake();
        assertThat(corrected.status()).isEqualTo(Status.CORRECTED);
        assertThat(corrected.revision()).isEqualTo(3);
        assertThat(corrected.sums().get("sent")).isEqualTo(2);

        assertThat(decider.nextWake(state)).isEqualTo(CLOSED + 24 * HOUR);
        assertThat(wakeAll()).isEmpty();
        assertThat(state).as("forgotten").isNull();
        assertThat(reminder(CLOSED + 24 * HOUR, 1)).isEqualTo(Effect.TOO_LATE);
        assertThat(state).isNull();
    }

    @Test
    void aRowThatBeginsLateIsClosedAtOnceAndOneThatChangesAtTheEndIsToldBeforeItIsForgotten() {
        reminder(CLOSED + 24 * HOUR - 1, 12);
        assertThat(wake().status()).isEqualTo(Status.CLOSED);
        reminder(CLOSED + 24 * HOUR - 1, 13);
        FiguresCounted last = wake();
        assertThat(last.status()).isEqualTo(Status.CORRECTED);
        assertThat(last.sums().get("sent")).isEqualTo(2);
        assertThat(state).isNull();
    }

    @Property(tries = 300)
    void whateverComesWhenTheLastRowSaysAllOfItAndRevisionsCount(
            @ForAll @Size(max = 40) List<@LongRange(min = 0, max = 100 * HOUR) Long> after) {
        state = null;
        List<FiguresCounted> told = new ArrayList<>();
        long added = 0;
        for (long time : after.stream().sorted().toList()) {
            while (state != null && decider.nextWake(state) <= SEVEN + time) {
                told.addAll(wakeAll());
            }
            added += reminder(SEVEN + time, 5) == Effect.ADDED ? 1 : 0;
        }
        long before = Long.MIN_VALUE;
        while (state != null) {
            assertThat(decider.nextWake(state)).isGreaterThan(before);
            before = decider.nextWake(state);
            told.addAll(wakeAll());
        }
        if (added > 0) {
            assertThat(told.get(told.size() - 1).sums().get("sent")).isEqualTo(added);
            assertThat(told.stream().filter(row -> row.status() == Status.CLOSED))
                    .hasSize(1);
        }
        for (int i = 0; i < told.size(); i++) {
            assertThat(told.get(i).revision()).isEqualTo(i + 1);
        }
    }

    @Test
    void aSumThatIsTooLargeStaysTheLargest() {
        Fact fact = new Fact(
                FigureTable.AGENT_CALLS, "acme", SEVEN, List.of("echo", ""), Map.of("input_tokens", Long.MAX_VALUE));
        state = null;
        for (int i = 0; i < 2; i++) {
            state = decider.decide("k", state, Contribution.of(fact, Period.HOUR), SEVEN)
                    .state();
        }
        FiguresCounted row = wake();
        assertThat(row.sums().get("input_tokens")).isEqualTo(Long.MAX_VALUE);
        assertThat(row.dimensions()).as("nobody answered").isEqualTo(Map.of("agent", "echo"));
    }

    @Test
    void rowsHaveKeysOfTheirOwn() {
        assertThat(key("acme", "echo", "a/b")).isEqualTo("agent_calls/hour/2026-12-02T07:00:00Z/acme/echo/a%2Fb");
        assertThat(key("acme/echo", "x", "")).isNotEqualTo(key("acme", "echo/x", ""));
        assertThat(key("a%2Fb", "x", "")).isNotEqualTo(key("a/b", "x", ""));
    }

    private static String key(String tenant, String agent, String answeredBy) {
        return Contribution.of(
                        new Fact(FigureTable.AGENT_CALLS, tenant, SEVEN + 1, List.of(agent, answeredBy), Map.of()),
                        Period.HOUR)
                .key();
    }

    private Effect reminder(long time, long lateBy) {
        Fact fact = new Fact(
                FigureTable.REMINDERS,
                "acme",
                SEVEN + 7,
                List.of(),
                Map.of("sent", 1L, "within_objective", 1L, "late_by_ms", lateBy));
        Decision<FigureState, Effect, FiguresCounted> decision =
                decider.decide("k", state, Contribution.of(fact, Period.HOUR), time);
        state = decision.state();
        assertThat(decision.commands()).isEmpty();
        return decision.effect();
    }

    private FiguresCounted wake() {
        List<FiguresCounted> rows = wakeAll();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private List<FiguresCounted> wakeAll() {
        Decision<FigureState, Effect, FiguresCounted> decision = decider.wake("k", state, decider.nextWake(state));
        state = decision.state();
        return decision.commands();
    }
}
