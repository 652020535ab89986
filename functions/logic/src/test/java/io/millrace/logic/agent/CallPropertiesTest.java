package io.millrace.logic.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentAttempt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Laws of all histories of calls. {@link CallHistory} itself checks that nothing is answered or attempted twice. */
class CallPropertiesTest {
    private static final List<String> AGENTS = List.of("plain", "kept", "strict", "chain", "degraded", "gone");
    private static final List<String> FIELDS = List.of(
            "'input':1",
            "'input':1.0",
            "'input':2,'timeout_ms':1500",
            "'input':1,'timeout_ms':4000",
            "'input':1,'cache':'off'",
            "'input':1,'cache':'refresh'",
            "'input':'text'",
            "'input':1,'deadline':'2026-12-01T09:00:03Z'");
    private static final List<String[]> OUTCOMES = List.of(
            new String[] {"OK", "1"},
            new String[] {"OK", "'text'"},
            new String[] {"RETRYABLE", "unreachable"},
            new String[] {"RETRYABLE", "circuit_open"},
            new String[] {"TIMED_OUT", "attempt_timed_out"},
            new String[] {"FAILED", "agent_rejected"},
            new String[] {"REFUSED", "budget_exhausted"});

    /**
     * One record.
     *
     * @param millis since the one before
     * @param isCall or an outcome of one of the attempts so far
     * @param which call key, or attempt
     */
    record Step(int millis, boolean isCall, int which, int agent, int variant) {

        /** Calls with one key are the same: where calls with other contents meet is told in docs/agents.md. */
        String callKey() {
            return "k-" + which % 3 + "-" + agent + "-" + variant % FIELDS.size();
        }
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(5, Arbitraries.integers().between(0, 600)),
                                Tuple.of(1, Arbitraries.integers().between(2_000, 70_000))),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 11),
                        Arbitraries.integers().between(0, AGENTS.size() - 1),
                        Arbitraries.integers().between(0, 1_000))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    private static CallHistory agents(CallHistory history) {
        return history.agent("plain", "'retry':{'max_attempts':2}")
                .agent("kept", "'cache':{'ttl_seconds':5}")
                .agent("strict", "'cache':{'ttl_seconds':60}", "'output_schema':{'type':'integer'}")
                .agent(
                        "chain",
                        "'timeout_ms':700",
                        "'retry':{'max_attempts':1}",
                        "'fallback':{'agents':['plain','strict'],'then':'skip'}")
                .agent("degraded", "'fallback':{'then':'degraded','degraded_output':0}");
    }

    /** Tells the steps, and says at which time each record was logged. */
    private static List<Long> tell(CallHistory history, List<Step> steps) {
        List<Long> times = new ArrayList<>();
        long millis = 0;
        for (Step step : steps) {
            millis += step.millis();
            history.at(millis);
            List<AgentAttempt> attempts = history.attempts();
            if (step.isCall()) {
                history.call(step.callKey(), AGENTS.get(step.agent()), FIELDS.get(step.variant() % FIELDS.size()));
            } else if (attempts.isEmpty()) {
                continue;
            } else {
                // The latest are the more interesting ones; some have ended, some are stale.
                AgentAttempt attempt = attempts.get(Math.max(0, attempts.size() - 1 - step.which() / 2));
                String[] outcome = OUTCOMES.get(step.variant() % OUTCOMES.size());
                history.outcome(attempt, outcome[0], outcome[1], step.variant() % 5 == 0 ? 1_000 : 0);
            }
            times.add(history.now());
        }
        return times;
    }

    @Property(tries = 500)
    void everyCallHasExactlyOneResultInTheEndAndNothingIsLeft(@ForAll("histories") List<Step> steps) {
        CallHistory history = agents(new CallHistory());
        Set<String> called = new HashSet<>();
        steps.stream().filter(Step::isCall).forEach(step -> called.add(step.callKey()));

        tell(history, steps);
        history.wake(Long.MAX_VALUE - 1);

        assertThat(history.results().keySet()).isEqualTo(called);
        assertThat(history.states()).isEmpty();
    }

    /** Whether a timer passes a moment or the record after it: the decisions are the same. */
    @Property(tries = 500)
    void timersAndRecordsDecideAlike(@ForAll("histories") List<Step> steps) {
        CallHistory byTimers = agents(new CallHistory());
        List<Long> times = tell(byTimers, steps);
        CallHistory byRecords = agents(new CallHistory()).withoutTimers();
        byTimers.retell(byRecords, times);

        byTimers.wake(Long.MAX_VALUE - 1);
        byRecords.wake(Long.MAX_VALUE - 1);

        assertThat(byRecords.commands()).containsExactlyInAnyOrderElementsOf(byTimers.commands());
    }

    @Property(tries = 500)
    void aRestoredStateDecidesAlike(@ForAll("histories") List<Step> steps) {
        CallHistory straight = agents(new CallHistory());
        List<Long> times = tell(straight, steps);
        CallHistory restored = agents(new CallHistory()).restoringAlways();
        straight.retell(restored, times);
        restored.wake(straight.now());

        // Owners decide apart from one another, in any order.
        assertThat(restored.commands()).containsExactlyInAnyOrderElementsOf(straight.commands());
        assertThat(restored.states()).isEqualTo(straight.states());
    }

    /** What calls cost together is what their attempts cost, as far as their outcomes came in time. */
    @Property(tries = 300)
    void everyOutcomeInTimeIsPaidOnce(@ForAll("histories") List<Step> steps) {
        CallHistory history = agents(new CallHistory());
        tell(history, steps);
        history.wake(Long.MAX_VALUE - 1);

        long paid = history.results().values().stream()
                .mapToLong(result -> result.costMicros())
                .sum();
        long attempts = history.attempts().size();

        assertThat(paid % 7).isZero();
        assertThat(paid).isLessThanOrEqualTo(attempts * 7);
    }
}
