package io.millrace.logic.agent.gate;

import static io.millrace.logic.agent.gate.Gates.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TenantGateTest {
    private static final Budget DAILY = new Budget(1_000, 0);
    private static final long HOUR = 3_600_000;

    private TenantGate gate = of(DAILY);

    private static TenantGate of(Budget budget) {
        return new TenantGate("acme", budget, GateSettings.DEFAULTS);
    }

    private static AgentAttempt costing(String id, long at, long micros) {
        return Gates.attempt(id, at, at + 60_000, Rate.UNLIMITED, Budget.UNLIMITED, 0, micros);
    }

    private List<String> admit(String id, long at, long micros) {
        return lines(gate.admit(costing(id, at, micros)));
    }

    private List<String> settle(String id, long at, long micros) {
        return lines(gate.settle(Gates.ok(id, micros), Gates.START + at));
    }

    @Test
    void anAttemptPassesWhileItsEstimateFits() {
        assertThat(admit("1", 0, 600)).containsExactly("forward 1");
        assertThat(admit("2", 0, 401)).containsExactly("REFUSED 2 budget_exhausted");
        assertThat(admit("3", 0, 400)).containsExactly("forward 3", "warn TENANT acme DAY 1000/1000");
        assertThat(admit("4", 0, 0)).as("a priced model").containsExactly("REFUSED 4 budget_exhausted");
        assertThat(gate.reserved()).isEqualTo(1_000);
    }

    @Test
    void whatItReallyCostTakesThePlaceOfTheEstimate() {
        admit("1", 0, 600);

        assertThat(settle("1", 10, 100)).isEmpty();

        assertThat(gate.spentToday()).isEqualTo(100);
        assertThat(gate.reserved()).isZero();
        assertThat(admit("2", 20, 900)).containsExactly("forward 2", "warn TENANT acme DAY 1000/1000");
    }

    @Test
    void anAttemptIsSettledOnce() {
        admit("1", 0, 600);
        settle("1", 10, 100);

        settle("1", 20, 100);

        assertThat(gate.spentToday()).isEqualTo(100);
    }

    @Test
    void aCostCountsBeforeItsAttemptComesAgain() {
        assertThat(settle("1", 10, 700)).isEmpty();
        assertThat(gate.spentToday()).isEqualTo(700);

        assertThat(admit("1", 11, 600)).as("paid already").containsExactly("forward 1");
        assertThat(gate.reserved()).isZero();
        assertThat(admit("2", 12, 600)).containsExactly("REFUSED 2 budget_exhausted");
        gate = Gates.tenantGate(Gates.bytes(gate::write), DAILY);
        settle("1", 20, 700);

        assertThat(gate.spentToday()).isEqualTo(700);
    }

    @Test
    void anAttemptThatPassedDoesNotPassAgain() {
        admit("1", 0, 100);

        assertThat(admit("1", 1, 100)).isEmpty();
        assertThat(gate.reserved()).isEqualTo(100);
    }

    @Test
    void aWarningComesOnceAPeriod() {
        admit("1", 0, 100);
        assertThat(settle("1", 0, 799)).isEmpty();
        admit("2", 0, 0);
        assertThat(settle("2", 0, 1)).containsExactly("warn TENANT acme DAY 800/1000");
        admit("3", 0, 0);
        assertThat(settle("3", 0, 100)).isEmpty();

        assertThat(admit("4", 12 * HOUR, 850))
                .as("the next day")
                .containsExactly("forward 4", "warn TENANT acme DAY 850/1000");
    }

    @Test
    void noCostIsSoLargeThatThereIsRoomAgain() {
        admit("1", 0, 1);
        admit("2", 0, 1);
        settle("1", 0, Long.MAX_VALUE);
        settle("2", 0, Long.MAX_VALUE);

        assertThat(admit("3", 0, 1)).containsExactly("REFUSED 3 budget_exhausted");
        assertThat(gate.spentToday()).isPositive();
    }

    @Test
    void aDayEndsAtMidnightAndAMonthAfterIt() {
        gate = of(new Budget(1_000, 1_500));
        admit("1", 0, 0);
        settle("1", 0, 1_000);
        assertThat(admit("2", 12 * HOUR - 1, 1)).containsExactly("REFUSED 2 budget_exhausted");
        // The 1st of December begins.
        assertThat(admit("3", 12 * HOUR, 1_000)).startsWith("forward 3");
        assertThat(gate.spentThisMonth()).isZero();
        settle("3", 12 * HOUR, 1_000);
        // The 2nd: the day is new, the month is not.
        assertThat(admit("4", 36 * HOUR, 501)).containsExactly("REFUSED 4 budget_exhausted");
        assertThat(admit("5", 36 * HOUR, 500)).startsWith("forward 5");
        assertThat(gate.spentThisMonth()).isEqualTo(1_000);
    }

    @Test
    void whatHasNoPriceAlwaysPasses() {
        admit("1", 0, 0);
        settle("1", 0, 5_000);

        assertThat(admit("2", 0, -1)).containsExactly("forward 2");
    }

    @Test
    void aReservationWhoseOutcomeDoesNotComeIsGivenUp() {
        admit("1", 0, 600);
        long releaseAt = Gates.START + 60_000 + Duration.ofMinutes(5).toMillis();
        assertThat(gate.nextWake()).isEqualTo(releaseAt);

        gate.wake(releaseAt - 1);
        assertThat(gate.reserved()).isEqualTo(600);
        gate.wake(releaseAt);

        assertThat(gate.reserved()).isZero();
        assertThat(gate.nextWake()).isEqualTo(Long.MAX_VALUE);
        settle("1", 400_000, 600);
        assertThat(gate.spentToday()).as("it was paid for").isEqualTo(600);
    }

    @Test
    void anUnknownVersionIsRefused() {
        byte[] bytes = Gates.bytes(gate::write);
        bytes[0] = 2;

        assertThatThrownBy(() -> Gates.tenantGate(bytes, DAILY)).hasMessageContaining("version 2");
    }

    /**
     * One attempt.
     *
     * @param estimate what it is reckoned to cost
     * @param cost what it costs
     * @param settledAfter so many more attempts
     */
    record Attempt(int estimate, int cost, int settledAfter) {}

    @Provide
    Arbitrary<List<Attempt>> attempts() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 400),
                        Arbitraries.integers().between(0, 400),
                        Arbitraries.integers().between(0, 5))
                .as(Attempt::new)
                .list()
                .ofMaxSize(60);
    }

    /**
     * Never overspent by more than the estimates of what was under way were wrong; and what is restored decides alike.
     */
    @Property(tries = 500)
    void theBudgetIsNotOverspentByMoreThanTheEstimatesWereWrong(@ForAll("attempts") List<Attempt> attempts) {
        TenantGate straight = of(DAILY);
        TenantGate restored = of(DAILY);
        Map<Integer, Integer> due = new HashMap<>();
        long error = 0;
        for (int i = 0; i < attempts.size() + 6; i++) {
            for (int j = 0; j < attempts.size(); j++) {
                if (due.getOrDefault(j, -1) == i) {
                    var outcome = Gates.ok("a" + j, attempts.get(j).cost());
                    List<GateCommand> commands = straight.settle(outcome, Gates.START + i);
                    assertThat(restored.settle(outcome, Gates.START + i)).isEqualTo(commands);
                }
            }
            if (i < attempts.size()) {
                AgentAttempt attempt = costing("a" + i, i, attempts.get(i).estimate());
                List<GateCommand> commands = straight.admit(attempt);
                assertThat(restored.admit(attempt)).isEqualTo(commands);
                if (commands.get(0) instanceof GateCommand.Forward) {
                    due.put(i, i + 1 + attempts.get(i).settledAfter());
                    error +=
                            Math.max(0, attempts.get(i).cost() - attempts.get(i).estimate());
                }
            }
            restored = Gates.tenantGate(Gates.bytes(restored::write), DAILY);
            assertThat(straight.spentToday() + straight.reserved()).isLessThanOrEqualTo(1_000 + error);
        }
        assertThat(straight.reserved()).isZero();
    }

    @Test
    void whatIsOfNoUseAnyMoreIsForgotten() {
        assertThat(gate.isBlank()).isTrue();
        admit("1", 0, 100);
        assertThat(gate.isBlank()).isFalse();
        settle("1", 10, 100);
        assertThat(gate.isBlank()).isFalse();

        int wakes = 0;
        while (gate.nextWake() < Long.MAX_VALUE) {
            assertThat(wakes++).isLessThan(10);
            gate.wake(gate.nextWake());
        }

        assertThat(gate.isBlank()).as("the month is over").isTrue();
    }

    @Test
    void aCostIsCountedOnceWithinADay() {
        settle("1", 0, 100);
        settle("1", 24 * HOUR - 1, 100);
        assertThat(gate.spentToday()).as("of the day after").isZero();

        settle("1", 24 * HOUR, 100);

        assertThat(gate.spentToday()).isEqualTo(100);
    }
}
