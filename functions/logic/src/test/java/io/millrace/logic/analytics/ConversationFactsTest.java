package io.millrace.logic.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.analytics.ConversationFacts.Effect;
import io.millrace.logic.analytics.ConversationFacts.State;
import io.millrace.logic.decision.Decision;
import io.millrace.schema.analytics.ConversationChange;
import io.millrace.schema.conversation.ConversationView.Phase;
import io.millrace.schema.wire.Envelope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConversationFactsTest {
    private static final long KEEP = 1_000;
    private static final long START = 1_000_000;

    private final ConversationFacts facts = new ConversationFacts(KEEP);
    private State state;

    /** A view, by what differs from the first one. */
    private static final class View {
        private final long version;
        private Phase phase = Phase.ANSWERING;
        private long startedAt = START;
        private Long firstReply;
        private long messages = 1;
        private int turns;
        private int answers;
        private int withheld;
        private int failed;
        private long cost;
        private String run;
        private List<String> refused = List.of();
        private String reason;
        private Integer rating;

        View(long version) {
            this.version = version;
        }

        View is(Phase other) {
            phase = other;
            return this;
        }

        View startedAt(long time) {
            startedAt = time;
            return this;
        }

        View turns(int begun, int answered, String last) {
            turns = begun;
            answers = answered;
            run = last;
            return this;
        }

        View firstReply(long millis) {
            firstReply = millis;
            return this;
        }

        View withheld(int count) {
            withheld = count;
            return this;
        }

        View failed(int count) {
            failed = count;
            return this;
        }

        View cost(long micros) {
            cost = micros;
            return this;
        }

        View refused(String... classes) {
            refused = List.of(classes);
            return this;
        }

        View because(String why) {
            reason = why;
            return this;
        }

        View rated(int points) {
            rating = points;
            return this;
        }

        ConversationChange change() {
            return new ConversationChange(
                    new Envelope(
                            new UUID(0, version),
                            "conversation.view",
                            Instant.ofEpochMilli(START + version * 100),
                            "acme",
                            null,
                            null),
                    "c-1",
                    version,
                    phase,
                    "chat",
                    "fr-CA",
                    "delivery",
                    Instant.ofEpochMilli(startedAt),
                    firstReply,
                    messages,
                    turns,
                    answers,
                    withheld,
                    failed,
                    cost,
                    run,
                    refused,
                    reason,
                    rating);
        }
    }

    /** What comes of it, by table and dimensions. */
    private Map<String, Map<String, Long>> of(View view) {
        ConversationChange change = view.change();
        Decision<State, Effect, Fact> decision =
                facts.decide("k", state, change, change.envelope().occurredAt().toEpochMilli());
        assertThat(decision.effect()).isEqualTo(Effect.APPLIED);
        state = decision.state();
        Map<String, Map<String, Long>> amounts = new HashMap<>();
        decision.commands().forEach(fact -> {
            assertThat(fact.tenant()).isEqualTo("acme");
            amounts.put(fact.table().tableName() + fact.dimensions(), fact.amounts());
        });
        return amounts;
    }

    @Test
    void aConversationBeginsWithItsFirstMessage() {
        assertThat(of(new View(1)))
                .isEqualTo(Map.of("conversations[chat, fr-CA]", Map.of("started", 1L, "messages", 1L)));
    }

    @Test
    void whatWasCountedBeforeDoesNotCountAgainWhicheverViewsAreMissing() {
        of(new View(1));

        assertThat(of(new View(5)
                        .is(Phase.OPEN)
                        .turns(3, 2, "r-3")
                        .firstReply(800)
                        .withheld(1)
                        .cost(300)))
                .isEqualTo(Map.of(
                        "conversations[chat, fr-CA]",
                        Map.of(
                                "turns", 3L,
                                "answers", 2L,
                                "withheld", 1L,
                                "cost_micros", 300L,
                                "first_reply_ms", 800L),
                        "conversation_intents[delivery]",
                        Map.of("answers", 2L)));
        assertThat(of(new View(6)
                        .is(Phase.OPEN)
                        .turns(3, 2, "r-3")
                        .firstReply(800)
                        .withheld(1)
                        .cost(300)))
                .isEmpty();
    }

    @Test
    void aViewThatIsNotNewerCountsForNothing() {
        of(new View(3));

        for (long version : new long[] {1, 3}) {
            Decision<State, Effect, Fact> decision =
                    facts.decide("k", state, new View(version).change(), START + 1_000);
            assertThat(decision.effect()).isEqualTo(Effect.STALE);
            assertThat(decision.commands()).isEmpty();
            assertThat(decision.state()).isSameAs(state);
        }
    }

    @Test
    void ofOneThatIsFirstSeenInItsMidstCountsWhatHappensFromThenOn() {
        assertThat(of(new View(7).turns(4, 4, "r-4").cost(400))).isEmpty();

        assertThat(of(new View(8).turns(5, 4, "r-5").cost(400)))
                .isEqualTo(Map.of("conversations[chat, fr-CA]", Map.of("turns", 1L)));
    }

    @Test
    void aPersonIsWaitedForFromWhenOneWasAsked() {
        of(new View(1));

        assertThat(of(new View(2)
                        .is(Phase.ESCALATED)
                        .turns(1, 0, "r-1")
                        .failed(1)
                        .because("turn_failed")))
                .containsEntry("conversation_escalations[turn_failed]", Map.of("escalated", 1L))
                .containsEntry("conversation_intents[delivery]", Map.of("escalated", 1L))
                .containsEntry("conversations[chat, fr-CA]", Map.of("turns", 1L, "failed", 1L, "escalated", 1L));
        of(new View(3).is(Phase.ESCALATED).turns(1, 0, "r-1").failed(1).because("turn_failed"));
        assertThat(of(new View(4)
                        .is(Phase.ASSIGNED)
                        .turns(1, 0, "r-1")
                        .failed(1)
                        .because("turn_failed")))
                .containsEntry(
                        "conversation_escalations[turn_failed]", Map.of("taken_over", 1L, "person_wait_ms", 200L))
                .containsEntry("conversations[chat, fr-CA]", Map.of("taken_over", 1L));
    }

    @Test
    void whoTakesOverUnaskedKeptNobodyWaiting() {
        of(new View(1));

        assertThat(of(new View(2).is(Phase.ASSIGNED)))
                .isEqualTo(Map.of("conversations[chat, fr-CA]", Map.of("taken_over", 1L)));
    }

    @Test
    void oneThatIsClosedHadAPersonOrNone() {
        of(new View(1));
        assertThat(of(new View(2).is(Phase.CLOSED).cost(50)))
                .containsEntry(
                        "conversations[chat, fr-CA]",
                        Map.of(
                                "closed",
                                1L,
                                "closed_without_person",
                                1L,
                                "cost_micros",
                                50L,
                                "closed_cost_micros",
                                50L));
        of(new View(3).is(Phase.ASSIGNED).cost(50));
        of(new View(4).is(Phase.OPEN).cost(50));

        assertThat(of(new View(5).is(Phase.CLOSED).cost(50)))
                .containsEntry("conversations[chat, fr-CA]", Map.of("closed", 1L, "closed_cost_micros", 50L));
    }

    @Test
    void whatACriticRefusedCountsOnceForItsTurn() {
        of(new View(1));
        String[] found = {"prompt_injection", "profanity"};

        assertThat(of(new View(2).turns(1, 1, "r-1").refused(found)))
                .containsEntry("critic_refusals[prompt_injection]", Map.of("refusals", 1L))
                .containsEntry("critic_refusals[profanity]", Map.of("refusals", 1L));
        assertThat(of(new View(3).turns(1, 1, "r-1").refused(found)).keySet())
                .noneMatch(key -> key.startsWith("critic"));
        assertThat(of(new View(4).turns(2, 1, "r-2")).keySet()).noneMatch(key -> key.startsWith("critic"));
        assertThat(of(new View(5).turns(2, 2, "r-2").refused("profanity")))
                .containsEntry("critic_refusals[profanity]", Map.of("refusals", 1L));
    }

    @Test
    void aRatingCountsWhenItChanges() {
        of(new View(1));

        assertThat(of(new View(2).rated(4)))
                .isEqualTo(Map.of("conversations[chat, fr-CA]", Map.of("rated", 1L, "rating_points", 4L)));
        assertThat(of(new View(3).rated(4))).isEmpty();
    }

    @Test
    void oneThatWasForgottenBeginsAnew() {
        of(new View(9));

        assertThat(of(new View(1).startedAt(START + 500)))
                .containsEntry("conversations[chat, fr-CA]", Map.of("started", 1L, "messages", 1L));
    }

    @Test
    void oneThatIsOverIsForgotten() {
        of(new View(1));
        assertThat(facts.nextWake(state)).isEqualTo(Long.MAX_VALUE);

        of(new View(2).is(Phase.ERASED));

        assertThat(facts.nextWake(state)).isEqualTo(START + 200 + KEEP);
        assertThat(facts.wake("k", state, START + 200 + KEEP).state()).isNull();
    }
}
