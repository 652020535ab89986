package io.millrace.logic.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.analytics.CallFacts.Effect;
import io.millrace.logic.analytics.CallFacts.State;
import io.millrace.logic.decision.Decision;
import io.millrace.schema.agent.AgentResult.Status;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallFactsTest {
    private final CallFacts facts = new CallFacts(1_000, 500);
    private State state;

    @Test
    void aResultCountsOnce() {
        assertThat(amounts(result(1, 100, Status.OK, true, "other", 2, 400)))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("calls", 1L),
                        Map.entry("ok", 1L),
                        Map.entry("within_objective", 1L),
                        Map.entry("fell_back", 1L),
                        Map.entry("retried", 1L),
                        Map.entry("attempts", 2L),
                        Map.entry("input_tokens", 10L),
                        Map.entry("output_tokens", 20L),
                        Map.entry("cost_micros", 30L),
                        Map.entry("total_ms", 400L)));
        assertThat(decide(result(1, 100, Status.OK, true, "other", 2, 400)).effect())
                .isEqualTo(Effect.DUPLICATE);
    }

    @Test
    void aCallWaitsForItsApprovalFromWhenItWasAskedForFirst() {
        assertThat(amounts(result(1, 100, Status.REFUSED, false, "", 0, 1))).isEqualTo(Map.of("approvals_asked", 1L));
        assertThat(amounts(result(2, 200, Status.REFUSED, false, "", 0, 1))).isEqualTo(Map.of("approvals_asked", 1L));
        assertThat(amounts(result(3, 700, Status.OK, true, "echo", 1, 501)))
                .containsEntry("approval_wait_ms", 600L)
                .doesNotContainKey("within_objective")
                .doesNotContainKey("fell_back");
        assertThat(state.askedAt()).isZero();
    }

    @Test
    void aCallThatIsAskedForWithoutEndIsBounded() {
        for (int i = 0; i < 1_000; i++) {
            decide(result(i, 100, Status.REFUSED, false, "", 0, 1));
        }
        assertThat(state.seen()).hasSize(32);
        assertThat(facts.wake("k", state, facts.nextWake(state)).state()).isNull();
    }

    private Map<String, Long> amounts(CallResult result) {
        Decision<State, Effect, Fact> decision = decide(result);
        assertThat(decision.effect()).isEqualTo(Effect.COUNTED);
        List<Fact> commands = decision.commands();
        assertThat(commands).hasSize(1);
        assertThat(commands.get(0).dimensions()).isEqualTo(List.of("echo", result.answeredBy()));
        return commands.get(0).amounts();
    }

    private Decision<State, Effect, Fact> decide(CallResult result) {
        Decision<State, Effect, Fact> decision = facts.decide("k", state, result, result.at());
        state = decision.state();
        return decision;
    }

    private static CallResult result(
            int id, long at, Status status, boolean isFinal, String answeredBy, int attempts, long totalMs) {
        return new CallResult(
                new UUID(0, id),
                at,
                "acme",
                "k",
                "echo",
                answeredBy,
                status,
                isFinal,
                10,
                20,
                30,
                attempts,
                false,
                totalMs);
    }
}
