package io.millrace.logic.analytics;

import io.millrace.logic.decision.Decider;
import io.millrace.logic.decision.Decision;
import io.millrace.schema.analytics.ConversationChange;
import io.millrace.schema.analytics.FigureTable;
import io.millrace.schema.conversation.ConversationView.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows a conversation through its views, and says what happened in it, once each. Views add up, so that one that was
 * compacted away is not missed. Of a conversation that is first seen in its midst counts what happens from then on.
 */
public final class ConversationFacts implements Decider<ConversationFacts.State, ConversationChange, Fact> {
    private final long keep;

    /** What becomes of a view. */
    public enum Effect {
        APPLIED,
        /** It is not newer than what is known. */
        STALE
    }

    /**
     * What is known of a conversation.
     *
     * @param hadPerson whether a person was asked or took over since it began
     * @param escalatedAt when a person was asked who did not come yet, milliseconds since the epoch; 0 when none is
     * @param changedAt when it changed last, milliseconds since the epoch
     */
    public record State(ConversationChange latest, boolean hadPerson, long escalatedAt, long changedAt) {}

    /** @param keep how long a conversation that is over is remembered, milliseconds */
    public ConversationFacts(long keep) {
        this.keep = keep;
    }

    /** The key of a conversation. Ids have no control characters. */
    public static String conversation(ConversationChange view) {
        return view.envelope().tenant() + '\n' + view.conversationId();
    }

    @Override
    public Decision<State, Effect, Fact> decide(String key, State state, ConversationChange view, long time) {
        boolean again = state != null && state.latest().startedAt().equals(view.startedAt());
        boolean older =
                state != null && view.startedAt().isBefore(state.latest().startedAt());
        if (older || again && view.version() <= state.latest().version()) {
            return new Decision<>(state, Effect.STALE, List.of());
        }
        long at = view.envelope().occurredAt().toEpochMilli();
        ConversationChange before = again ? state.latest() : null;
        boolean hadPerson = again && state.hadPerson() || isPersons(view.state());
        long escalatedAt = again ? state.escalatedAt() : 0;
        List<Fact> facts = new ArrayList<>();
        if (before != null || view.version() == 1) {
            Step step = new Step(before, view, at);
            step.add(facts, hadPerson, escalatedAt);
        }
        if (became(Phase.ESCALATED, before, view)) {
            escalatedAt = at;
        } else if (view.state() != Phase.ESCALATED) {
            escalatedAt = 0;
        }
        facts.replaceAll(fact -> fact.seenAt(time));
        return new Decision<>(new State(view, hadPerson, escalatedAt, at), Effect.APPLIED, facts);
    }

    private static boolean isPersons(Phase state) {
        return state == Phase.ESCALATED || state == Phase.ASSIGNED;
    }

    private static boolean became(Phase state, ConversationChange before, ConversationChange view) {
        return view.state() == state && (before == null || before.state() != state);
    }

    /** From one view to the next. @param before null for the first one */
    private record Step(ConversationChange before, ConversationChange view, long at) {

        void add(List<Fact> facts, boolean hadPerson, long escalatedAt) {
            Map<String, Long> amounts = new HashMap<>();
            count(amounts, "started", before == null);
            more(amounts, "messages", before == null ? 0 : before.messages(), view.messages());
            more(amounts, "turns", before == null ? 0 : before.turns(), view.turns());
            more(amounts, "answers", before == null ? 0 : before.answers(), view.answers());
            more(amounts, "withheld", before == null ? 0 : before.withheld(), view.withheld());
            more(amounts, "failed", before == null ? 0 : before.failed(), view.failed());
            more(amounts, "cost_micros", before == null ? 0 : before.costMicros(), view.costMicros());
            count(amounts, "escalated", became(Phase.ESCALATED, before, view));
            count(amounts, "taken_over", became(Phase.ASSIGNED, before, view));
            count(amounts, "erased", became(Phase.ERASED, before, view));
            if (became(Phase.CLOSED, before, view)) {
                amounts.put("closed", 1L);
                count(amounts, "closed_without_person", !hadPerson);
                amounts.put("closed_cost_micros", view.costMicros());
            }
            if (view.firstReplyMs() != null && (before == null || before.firstReplyMs() == null)) {
                amounts.put("first_reply_ms", view.firstReplyMs());
            }
            if (view.rating() != null && (before == null || !view.rating().equals(before.rating()))) {
                amounts.put("rated", 1L);
                amounts.put("rating_points", view.rating().longValue());
            }
            add(facts, FigureTable.CONVERSATIONS, List.of(text(view.channel()), text(view.language())), amounts);
            addIntent(facts, amounts);
            addReason(facts, escalatedAt);
            addRefused(facts);
        }

        private void addIntent(List<Fact> facts, Map<String, Long> all) {
            Map<String, Long> amounts = new HashMap<>();
            for (String name : List.of("answers", "escalated")) {
                if (all.containsKey(name)) {
                    amounts.put(name, all.get(name));
                }
            }
            add(facts, FigureTable.CONVERSATION_INTENTS, List.of(text(view.intent())), amounts);
        }

        private void addReason(List<Fact> facts, long escalatedAt) {
            Map<String, Long> amounts = new HashMap<>();
            count(amounts, "escalated", became(Phase.ESCALATED, before, view));
            if (escalatedAt > 0 && became(Phase.ASSIGNED, before, view)) {
                amounts.put("taken_over", 1L);
                amounts.put("person_wait_ms", Math.max(0, at - escalatedAt));
            }
            add(facts, FigureTable.CONVERSATION_ESCALATIONS, List.of(text(view.reason())), amounts);
        }

        /** A view has them from when a turn comes to something until the next one begins. */
        private void addRefused(List<Fact> facts) {
            boolean known = before != null
                    && !before.refused().isEmpty()
                    && text(before.lastRun()).equals(text(view.lastRun()));
            if (!known) {
                view.refused().stream()
                        .distinct()
                        .forEach(refused ->
                                add(facts, FigureTable.CRITIC_REFUSALS, List.of(refused), Map.of("refusals", 1L)));
            }
        }

        private void add(List<Fact> facts, FigureTable table, List<String> dimensions, Map<String, Long> amounts) {
            if (!amounts.isEmpty()) {
                facts.add(new Fact(table, view.envelope().tenant(), at, dimensions, amounts));
            }
        }
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static void count(Map<String, Long> amounts, String figure, boolean counts) {
        if (counts) {
            amounts.put(figure, 1L);
        }
    }

    private static void more(Map<String, Long> amounts, String figure, long before, long now) {
        if (now > before) {
            amounts.put(figure, now - before);
        }
    }

    @Override
    public Decision<State, Effect, Fact> wake(String key, State state, long time) {
        return new Decision<>(null, null, List.of());
    }

    @Override
    public long nextWake(State state) {
        Phase phase = state.latest().state();
        return phase == Phase.CLOSED || phase == Phase.ERASED ? state.changedAt() + keep : Long.MAX_VALUE;
    }
}
