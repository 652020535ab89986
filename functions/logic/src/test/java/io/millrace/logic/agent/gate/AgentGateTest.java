package io.millrace.logic.agent.gate;

import static io.millrace.logic.agent.gate.Gates.START;
import static io.millrace.logic.agent.gate.Gates.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentGateTest {
    private static final Rate ONE = new Rate(0, 0, 1);

    private AgentGate gate = new AgentGate("a", GateSettings.DEFAULTS);

    private List<String> admit(String id, long at, Rate rate) {
        return lines(gate.admit(Gates.attempt(id, at, rate)));
    }

    private List<String> settle(AgentOutcome outcome, long at) {
        return lines(gate.settle(outcome, START + at));
    }

    @Test
    void withoutLimitsEveryAttemptStartsAtOnce() {
        int most = GateSettings.DEFAULTS.concurrent();
        for (int i = 0; i < most; i++) {
            assertThat(admit("a" + i, i, Rate.UNLIMITED)).containsExactly("forward a" + i);
        }
        assertThat(gate.running()).isEqualTo(most);
    }

    @Test
    void whatIsTooMuchAtOnceWaitsInTurn() {
        assertThat(admit("1", 0, ONE)).containsExactly("forward 1");
        assertThat(admit("2", 1, ONE)).isEmpty();
        assertThat(admit("3", 2, ONE)).isEmpty();
        assertThat(gate.queued()).isEqualTo(2);

        assertThat(settle(Gates.ok("1"), 3)).containsExactly("forward 2");
        assertThat(settle(Gates.ok("2"), 4)).containsExactly("forward 3");
        assertThat(settle(Gates.ok("3"), 5)).isEmpty();
        assertThat(gate.nextWake()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anAttemptThatRunsOrWaitsIsNotTakenAgain() {
        admit("1", 0, ONE);
        admit("2", 0, ONE);

        assertThat(admit("1", 1, ONE)).isEmpty();
        assertThat(admit("2", 1, ONE)).isEmpty();
        assertThat(gate.queued()).isEqualTo(1);
    }

    @Test
    void anOutcomeOfWhatDoesNotRunChangesNothing() {
        admit("1", 0, ONE);
        admit("2", 0, ONE);

        assertThat(settle(Gates.ok("2"), 1)).isEmpty();
        assertThat(settle(Gates.ok("1"), 1)).containsExactly("forward 2");
        assertThat(settle(Gates.ok("1"), 1)).isEmpty();
        assertThat(gate.running()).isEqualTo(1);
    }

    @Test
    void requestsComeInAMinutesTimeAfterABurst() {
        Rate perMinute = new Rate(12, 0, 0);
        assertThat(admit("1", 0, perMinute)).containsExactly("forward 1");
        assertThat(admit("2", 0, perMinute)).containsExactly("forward 2");
        assertThat(admit("3", 0, perMinute)).isEmpty();

        assertThat(gate.nextWake()).isEqualTo(START + 5_000);
        assertThat(lines(gate.wake(START + 4_999))).isEmpty();
        assertThat(lines(gate.wake(START + 5_000))).containsExactly("forward 3");
    }

    @Test
    void tokensAreReservedByEstimateAndSettledByUsage() {
        Rate tokens = new Rate(0, 6_000, 0);
        Budget none = Budget.UNLIMITED;
        // Ten seconds' worth are 1,000 tokens.
        assertThat(lines(gate.admit(Gates.attempt("1", 0, 60_000, tokens, none, 1_000, 0))))
                .containsExactly("forward 1");
        gate.admit(Gates.attempt("2", 0, 60_000, tokens, none, 500, 0));
        assertThat(gate.nextWake()).isEqualTo(START + 5_000);

        AgentOutcome less = Gates.outcome("1", AgentOutcome.Status.OK, null, 300, 0);
        assertThat(settle(less, 100)).as("700 tokens come back").containsExactly("forward 2");
        AgentOutcome more = Gates.outcome("2", AgentOutcome.Status.OK, null, 2_500, 0);
        settle(more, 200);
        gate.admit(Gates.attempt("3", 200, 60_000, tokens, none, 1, 0));

        // 1,000 - 300 - 2,500 tokens, 20 came back since: 1,781 until there is one.
        assertThat(gate.nextWake()).isEqualTo(START + 200 + 17_810);
    }

    @Test
    void anAttemptLargerThanTheBucketStartsWhenItIsFull() {
        Rate tokens = new Rate(0, 600, 0);
        Budget none = Budget.UNLIMITED;

        assertThat(lines(gate.admit(Gates.attempt("1", 0, 60_000, tokens, none, 400, 0))))
                .containsExactly("forward 1");
        gate.admit(Gates.attempt("2", 0, 60_000, tokens, none, 400, 0));

        assertThat(gate.nextWake()).isEqualTo(START + 40_000);
    }

    @Test
    void aLimitThatIsSetLaterOwesNothing() {
        for (int i = 0; i < 1_000; i++) {
            admit("a" + i, 0, Rate.UNLIMITED);
            settle(Gates.ok("a" + i), 0);
        }

        assertThat(admit("b", 1, new Rate(6, 600, 0))).containsExactly("forward b");
    }

    @Test
    void anAttemptWhoseDeadlineComesWhileItWaitsTimesOut() {
        admit("1", 0, ONE);
        gate.admit(Gates.attempt("2", 0, 500, ONE, Budget.UNLIMITED, 0, 0));
        admit("3", 0, ONE);

        assertThat(gate.nextWake()).isEqualTo(START + 500);
        assertThat(lines(gate.wake(START + 500))).containsExactly("TIMED_OUT 2 deadline_passed");
        assertThat(settle(Gates.ok("1"), 600)).containsExactly("forward 3");
    }

    @Test
    void aFullQueueOverflowsAndTheLateMakeRoom() {
        gate = new AgentGate(
                "a",
                new GateSettings(
                        1_000,
                        2,
                        1 << 20,
                        1 << 20,
                        20,
                        10,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        TenantLines.NONE_BOUND));
        admit("1", 0, ONE);
        admit("2", 0, ONE);
        gate.admit(Gates.attempt("3", 0, 500, ONE, Budget.UNLIMITED, 0, 0));

        assertThat(admit("4", 1, ONE)).containsExactly("RETRYABLE 4 overloaded");
        assertThat(admit("5", 500, ONE)).containsExactly("TIMED_OUT 3 deadline_passed");
        assertThat(gate.queued()).isEqualTo(2);
    }

    @Test
    void aQueueIsBoundedByItsBytesToo() {
        gate = new AgentGate(
                "a",
                new GateSettings(
                        1_000,
                        100,
                        40,
                        1 << 20,
                        20,
                        10,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        TenantLines.NONE_BOUND));
        admit("1", 0, ONE);
        assertThat(admit("2", 0, ONE)).isEmpty();

        assertThat(admit("3", 0, ONE)).isEmpty();
        assertThat(admit("4", 0, ONE)).containsExactly("RETRYABLE 4 overloaded");
    }

    @Test
    void anAgentsBudgetHoldsForWhatWaitsToo() {
        Budget budget = new Budget(1_000, 0);
        AgentAttempt first = Gates.attempt("1", 0, 60_000, ONE, budget, 0, 100);
        AgentAttempt second = Gates.attempt("2", 0, 60_000, ONE, budget, 0, 100);
        gate.admit(first);
        gate.admit(second);

        assertThat(settle(Gates.ok("1", 950), 1))
                .containsExactly("warn AGENT a DAY 950/1000", "REFUSED 2 budget_exhausted");
        assertThat(gate.spentToday()).isEqualTo(950);
    }

    @Test
    void aCircuitOpensAfterTooManyFailuresAndLetsOneThroughLater() {
        for (int i = 0; i < 10; i++) {
            admit("f" + i, i, Rate.UNLIMITED);
        }
        for (int i = 0; i < 9; i++) {
            settle(Gates.failed("f" + i), 100);
        }
        assertThat(gate.isCircuitOpen()).isFalse();
        settle(Gates.failed("f9"), 100);
        assertThat(gate.isCircuitOpen()).isTrue();

        assertThat(admit("1", 1_100, Rate.UNLIMITED)).containsExactly("RETRYABLE 1 circuit_open after 29000");
        assertThat(admit("2", 30_100, Rate.UNLIMITED)).containsExactly("forward 2");
        assertThat(admit("3", 30_101, Rate.UNLIMITED)).as("waits for the one").isEmpty();

        assertThat(settle(Gates.ok("2"), 30_200)).containsExactly("forward 3");
        assertThat(admit("4", 30_300, Rate.UNLIMITED)).containsExactly("forward 4");
    }

    @Test
    void aFailureOfTheOneOpensTheCircuitAgainForAllThatWait() {
        open();
        admit("2", 30_100, Rate.UNLIMITED);
        admit("3", 30_101, Rate.UNLIMITED);

        assertThat(settle(Gates.failed("2"), 31_000)).containsExactly("RETRYABLE 3 circuit_open after 30000");
        assertThat(admit("4", 60_999, Rate.UNLIMITED)).containsExactly("RETRYABLE 4 circuit_open after 1");
        assertThat(admit("5", 61_000, Rate.UNLIMITED)).containsExactly("forward 5");
    }

    @Test
    void aDeadlineThatCutTheOneShortLetsAnotherThrough() {
        open();
        admit("2", 30_100, Rate.UNLIMITED);
        admit("3", 30_101, Rate.UNLIMITED);
        admit("4", 30_102, Rate.UNLIMITED);
        AgentOutcome cut = Gates.outcome("2", AgentOutcome.Status.TIMED_OUT, AgentErrorCode.DEADLINE_PASSED, 0, 0);

        assertThat(settle(cut, 30_200)).as("one, and not both").containsExactly("forward 3");
        assertThat(settle(Gates.failed("3"), 31_000)).containsExactly("RETRYABLE 4 circuit_open after 30000");
    }

    private void open() {
        for (int i = 0; i < 12; i++) {
            admit("f" + i, i, Rate.UNLIMITED);
        }
        for (int i = 0; i < 10; i++) {
            settle(Gates.failed("f" + i), 100);
        }
        assertThat(gate.isCircuitOpen()).isTrue();
    }

    @Test
    void whatStartedBeforeTheCircuitOpenedDoesNotCloseIt() {
        open();
        settle(Gates.ok("f10"), 200);
        assertThat(gate.isCircuitOpen()).isTrue();
        admit("2", 30_100, Rate.UNLIMITED);

        settle(Gates.ok("f11"), 30_200);

        assertThat(admit("3", 30_300, Rate.UNLIMITED)).isEmpty();
    }

    @Test
    void failuresThatAreLongPastDoNotCount() {
        for (int i = 0; i < 9; i++) {
            admit("f" + i, 0, Rate.UNLIMITED);
            settle(Gates.failed("f" + i), 0);
        }
        for (int i = 0; i < 20; i++) {
            admit("g" + i, 0, Rate.UNLIMITED);
            settle(Gates.ok("g" + i), 0);
        }
        admit("h", 0, Rate.UNLIMITED);
        settle(Gates.failed("h"), 0);

        assertThat(gate.isCircuitOpen()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "TIMED_OUT, ATTEMPT_TIMED_OUT, true",
        "RETRYABLE, UNREACHABLE,       true",
        "RETRYABLE, AGENT_FAILED,      true",
        "RETRYABLE, RATE_LIMITED,      false",
        "RETRYABLE, RECEIVER_FAILED,   false",
        "FAILED,    AGENT_REJECTED,    false",
        "FAILED,    CONTENT_FILTERED,  false",
        "REFUSED,   BUDGET_EXHAUSTED,  false",
        "OK,        ,                  false",
    })
    void anAgentThatAnswersIsWell(AgentOutcome.Status status, AgentErrorCode code, boolean failure) {
        assertThat(Circuit.isFailure(Gates.outcome("1", status, code, 0, 0))).isEqualTo(failure);
    }

    @Test
    void attemptsThatWereStoppedSayNothingOfTheAgent() {
        for (int i = 0; i < 20; i++) {
            admit("1" + i, 0, Rate.UNLIMITED);
            settle(Gates.outcome("1" + i, AgentOutcome.Status.RETRYABLE, AgentErrorCode.STOPPED, 0, 0), 0);
        }

        assertThat(gate.running()).isZero();
        assertThat(gate.isCircuitOpen()).isFalse();
    }

    @Test
    void attemptsWhoseOutcomesDoNotComeAreNoFailuresOfTheAgent() {
        for (int i = 0; i < 20; i++) {
            admit("1" + i, 0, Rate.UNLIMITED);
        }

        gate.wake(START + 10_000_000);

        assertThat(gate.running()).isZero();
        assertThat(gate.isCircuitOpen()).isFalse();
    }

    @Test
    void anAttemptWhoseOutcomeDoesNotComeGivesItsPlaceAway() {
        admit("1", 0, ONE);
        gate.admit(Gates.attempt("2", 0, 900_000, ONE, Budget.UNLIMITED, 0, 0));
        long lostAt = 60_000 + Duration.ofMinutes(5).toMillis();

        assertThat(gate.nextWake()).isEqualTo(START + lostAt);
        assertThat(lines(gate.wake(START + lostAt))).containsExactly("forward 2");
    }

    @Test
    void anUnknownVersionIsRefused() {
        byte[] bytes = Gates.bytes(gate::write);
        bytes[0] = 3;

        assertThatThrownBy(() -> Gates.agentGate(bytes, GateSettings.DEFAULTS)).hasMessageContaining("version 3");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 1, 1,  1,  1, 0",
        "1, 0, 1, 1, 1,  1,  1, 0",
        "1, 1, 0, 1, 1,  1,  1, 0",
        "1, 1, 1, 0, 1,  1,  1, 0",
        "1, 1, 1, 1, 0,  1,  1, 0",
        "1, 1, 1, 1, 65, 1,  1, 0",
        "1, 1, 1, 1, 20, 21, 1, 0",
        "1, 1, 1, 1, 20, 0,  1, 0",
        "1, 1, 1, 1, 20, 10, 0, 0",
        "1, 1, 1, 1, 20, 10, 1, -1",
    })
    void settingsAreChecked(
            int running, int length, long waiting, long size, int window, int failures, int open, int release) {
        assertThatThrownBy(() -> new GateSettings(
                        running,
                        length,
                        waiting,
                        size,
                        window,
                        failures,
                        Duration.ofSeconds(open),
                        Duration.ofSeconds(release),
                        TenantLines.NONE_BOUND))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAgentWhoseDefinitionSaysNothingHasABoundToo() {
        gate = new AgentGate(
                "a",
                new GateSettings(
                        1,
                        2,
                        1 << 20,
                        1 << 20,
                        20,
                        10,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        TenantLines.NONE_BOUND));

        assertThat(admit("1", 0, Rate.UNLIMITED)).containsExactly("forward 1");
        assertThat(admit("2", 0, Rate.UNLIMITED)).isEmpty();
    }

    @Test
    void aCostCountsBeforeItsAttemptComesAgain() {
        Budget budget = new Budget(1_000, 0);
        AgentAttempt paid = Gates.attempt("1", 11, 60_000, Rate.UNLIMITED, budget, 0, 600);
        AgentAttempt other = Gates.attempt("2", 12, 60_000, Rate.UNLIMITED, budget, 0, 600);

        gate.settle(Gates.ok("1", 700), Gates.START + 10);
        gate = Gates.agentGate(Gates.bytes(gate::write), GateSettings.DEFAULTS);

        assertThat(lines(gate.admit(paid))).containsExactly("forward 1");
        assertThat(lines(gate.admit(other))).containsExactly("REFUSED 2 budget_exhausted");
        gate.settle(Gates.ok("1", 700), Gates.START + 20);
        assertThat(gate.spentToday()).isEqualTo(700);
        assertThat(gate.running()).isZero();
    }

    @Test
    void whatRunsAtOnceIsBoundedByItsBytesToo() {
        GateSettings settings = new GateSettings(
                1_000, 100, 1 << 20, 50, 20, 10, Duration.ofSeconds(30), Duration.ofMinutes(5), TenantLines.NONE_BOUND);
        gate = new AgentGate("a", settings);

        assertThat(admit("1", 0, Rate.UNLIMITED)).containsExactly("forward 1");
        assertThat(admit("2", 0, Rate.UNLIMITED)).containsExactly("forward 2");
        assertThat(admit("3", 0, Rate.UNLIMITED)).isEmpty();
        gate = Gates.agentGate(Gates.bytes(gate::write), settings);
        assertThat(settle(Gates.ok("1"), 5)).containsExactly("forward 3");
    }

    @Test
    void oneThatIsTooLargeRunsAlone() {
        gate = new AgentGate(
                "a",
                new GateSettings(
                        1_000,
                        100,
                        1 << 20,
                        1,
                        20,
                        10,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        TenantLines.NONE_BOUND));

        assertThat(admit("1", 0, Rate.UNLIMITED)).containsExactly("forward 1");
        assertThat(admit("2", 0, Rate.UNLIMITED)).isEmpty();
        assertThat(settle(Gates.ok("1"), 5)).containsExactly("forward 2");
    }

    @Test
    void oneWrongUsageDelaysAnAgentByAnHourAtMost() {
        Rate limited = new Rate(0, 6_000, 0);
        admit("1", 0, limited);
        settle(Gates.outcome("1", AgentOutcome.Status.OK, null, 999_999_999_999L, 0), 1);

        assertThat(gate.admit(Gates.attempt("2", 2, 10_000_000, limited, Budget.UNLIMITED, 100, 0)))
                .isEmpty();
        assertThat(gate.nextWake() - START).isBetween(55 * 60_000L, 61 * 60_000L);
    }

    private static GateSettings queueOf(int length, long bytes) {
        return new GateSettings(
                1_000,
                length,
                bytes,
                1 << 20,
                20,
                10,
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                TenantLines.NONE_BOUND);
    }

    @Test
    void tenantsTakeTurns() {
        admit("run", 0, ONE);
        for (String id : List.of("a1", "a2", "a3", "b1", "c1", "b2")) {
            gate.admit(Gates.attempt(id.substring(0, 1), id, 1, ONE));
        }
        List<String> started = new ArrayList<>();
        String running = "run";
        for (int i = 0; i < 6; i++) {
            // What is kept holds whose turn is next.
            gate = Gates.agentGate(Gates.bytes(gate::write), GateSettings.DEFAULTS);
            running = settle(Gates.ok(running), 2).get(0).substring("forward ".length());
            started.add(running);
        }

        assertThat(started).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
    }

    @Test
    void whoWaitsWithMostMakesRoomForATenantWithLessThanItsShare() {
        gate = new AgentGate("a", queueOf(4, 1 << 20));
        admit("run", 0, ONE);
        for (String id : List.of("a1", "a2", "a3", "a4")) {
            assertThat(lines(gate.admit(Gates.attempt("a", id, 1, ONE))))
                    .as("alone, it may use all")
                    .isEmpty();
        }
        assertThat(lines(gate.admit(Gates.attempt("a", "a5", 1, ONE)))).containsExactly("RETRYABLE a5 overloaded");

        assertThat(lines(gate.admit(Gates.attempt("b", "b1", 1, ONE)))).containsExactly("RETRYABLE a4 overloaded");
        assertThat(lines(gate.admit(Gates.attempt("b", "b2", 1, ONE)))).containsExactly("RETRYABLE a3 overloaded");
        assertThat(lines(gate.admit(Gates.attempt("b", "b3", 1, ONE)))).containsExactly("RETRYABLE b3 overloaded");
        assertThat(lines(gate.admit(Gates.attempt("a", "a6", 1, ONE)))).containsExactly("RETRYABLE a6 overloaded");
        assertThat(lines(gate.admit(Gates.attempt("c", "c1", 1, ONE)))).hasSize(1);
        assertThat(gate.queued()).isEqualTo(4);
    }

    @Test
    void bytesAreSharedToo() {
        // Each of these inputs has 22 bytes.
        gate = new AgentGate("a", queueOf(100, 100));
        admit("run", 0, ONE);
        for (String id : List.of("a1", "a2", "a3", "a4")) {
            gate.admit(Gates.attempt("a", id, 1, ONE));
        }

        assertThat(lines(gate.admit(Gates.attempt("b", "b1", 1, ONE)))).containsExactly("RETRYABLE a4 overloaded");
        assertThat(lines(gate.admit(Gates.attempt("b", "b2", 1, ONE)))).containsExactly("RETRYABLE a3 overloaded");
        assertThat(lines(gate.admit(Gates.attempt("b", "b3", 1, ONE)))).containsExactly("RETRYABLE b3 overloaded");
    }

    private List<String> fail(String tenant, String id, long at) {
        gate.admit(Gates.attempt(tenant, id, at, Rate.UNLIMITED));
        return settle(Gates.failed(tenant, id), at);
    }

    @Test
    void failuresOfOneTenantLeaveTheAgentToTheOthers() {
        for (int i = 0; i < 100; i++) {
            fail("a", "a" + i, i);
        }

        assertThat(lines(gate.admit(Gates.attempt("a", "a", 101, Rate.UNLIMITED))))
                .containsExactly("RETRYABLE a circuit_open after 29908");
        assertThat(lines(gate.admit(Gates.attempt("b", "b", 101, Rate.UNLIMITED))))
                .containsExactly("forward b");
        assertThat(settle(Gates.ok("b", "b"), 102)).isEmpty();
        gate = Gates.agentGate(Gates.bytes(gate::write), GateSettings.DEFAULTS);
        assertThat(lines(gate.admit(Gates.attempt("a", "c", 103, Rate.UNLIMITED))))
                .containsExactly("RETRYABLE c circuit_open after 29906");
    }

    @Test
    void whatFailsForSeveralTenantsIsLeftAloneByAll() {
        for (int i = 0; i < 5; i++) {
            fail("a", "a" + i, i);
            fail("b", "b" + i, i);
        }

        assertThat(lines(gate.admit(Gates.attempt("c", "c", 4, Rate.UNLIMITED))))
                .containsExactly("RETRYABLE c circuit_open after 30000");
    }

    @Test
    void aTenantThatSeesHowItsAgentIsDoesNotKeepOthersWaiting() {
        for (int i = 0; i < 10; i++) {
            fail("a", "a" + i, 0);
        }
        assertThat(lines(gate.admit(Gates.attempt("a", "see", 30_000, ONE)))).containsExactly("forward see");
        assertThat(lines(gate.admit(Gates.attempt("a", "wait", 30_000, new Rate(0, 0, 2)))))
                .isEmpty();

        assertThat(lines(gate.admit(Gates.attempt("b", "b", 30_001, new Rate(0, 0, 2)))))
                .containsExactly("forward b");
        assertThat(settle(Gates.failed("a", "see"), 30_002)).containsExactly("RETRYABLE wait circuit_open after 30000");
        assertThat(settle(Gates.ok("b", "b"), 30_003)).isEmpty();
    }
}
