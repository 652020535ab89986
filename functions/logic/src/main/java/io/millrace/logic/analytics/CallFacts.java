package io.millrace.logic.analytics;

import io.millrace.logic.decision.Decider;
import io.millrace.logic.decision.Decision;
import io.millrace.schema.agent.AgentResult.Status;
import io.millrace.schema.analytics.FigureTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Counts the results of a call, once each, and how long it waited for an approval. */
public final class CallFacts implements Decider<CallFacts.State, CallResult, Fact> {
    /** A call may be refused for want of an approval as often as somebody likes to ask. */
    private static final int MAX_SEEN = 32;

    private final long keep;
    private final long objective;

    /** What becomes of a result. */
    public enum Effect {
        COUNTED,
        DUPLICATE
    }

    /**
     * What is known of a call. Times are milliseconds since the epoch.
     *
     * @param seen ids of its results, the latest ones
     * @param askedAt when an approval was asked for first; 0 when none is
     */
    public record State(List<UUID> seen, long askedAt, long until) {}

    /**
     * @param keep how long a call is remembered after a result, milliseconds
     * @param objective within which a call should be answered, milliseconds
     */
    public CallFacts(long keep, long objective) {
        this.keep = keep;
        this.objective = objective;
    }

    @Override
    public Decision<State, Effect, Fact> decide(String key, State state, CallResult result, long time) {
        State before = state == null ? new State(List.of(), 0, 0) : state;
        if (before.seen().contains(result.eventId())) {
            return new Decision<>(state, Effect.DUPLICATE, List.of());
        }
        List<UUID> seen = new ArrayList<>(before.seen());
        seen.add(result.eventId());
        if (seen.size() > MAX_SEEN) {
            seen.remove(0);
        }
        long askedAt = result.isFinal() ? 0 : before.askedAt() == 0 ? result.at() : before.askedAt();
        Fact fact = new Fact(
                FigureTable.AGENT_CALLS,
                result.tenant(),
                result.at(),
                List.of(result.agent(), result.answeredBy()),
                result.isFinal() ? amounts(result, before.askedAt()) : Map.of("approvals_asked", 1L));
        return new Decision<>(
                new State(List.copyOf(seen), askedAt, time + keep), Effect.COUNTED, List.of(fact.seenAt(time)));
    }

    private Map<String, Long> amounts(CallResult result, long askedAt) {
        Map<String, Long> amounts = new HashMap<>();
        amounts.put("calls", 1L);
        amounts.put(result.status().name().toLowerCase(Locale.ROOT), 1L);
        boolean answered = result.status() == Status.OK || result.status() == Status.DEGRADED;
        count(amounts, "within_objective", answered && result.totalMs() <= objective);
        count(amounts, "cached", result.cached());
        count(
                amounts,
                "fell_back",
                !result.answeredBy().isEmpty() && !result.answeredBy().equals(result.agent()));
        count(amounts, "retried", result.attempts() > 1);
        amounts.put("attempts", result.attempts());
        amounts.put("input_tokens", result.inputTokens());
        amounts.put("output_tokens", result.outputTokens());
        amounts.put("cost_micros", result.costMicros());
        amounts.put("total_ms", result.totalMs());
        if (askedAt != 0) {
            amounts.put("approval_wait_ms", Math.max(0, result.at() - askedAt));
        }
        return amounts;
    }

    private static void count(Map<String, Long> amounts, String figure, boolean counts) {
        if (counts) {
            amounts.put(figure, 1L);
        }
    }

    @Override
    public Decision<State, Effect, Fact> wake(String key, State state, long time) {
        return new Decision<>(null, null, List.of());
    }

    @Override
    public long nextWake(State state) {
        return state.until();
    }
}
