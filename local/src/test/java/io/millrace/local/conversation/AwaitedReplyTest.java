package io.millrace.local.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.conversation.ConversationReply.Kind;
import io.millrace.schema.conversation.ConversationView;
import io.millrace.schema.conversation.ConversationView.Phase;
import io.millrace.schema.wire.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AwaitedReplyTest {
    private static final Instant BEGAN = Instant.parse("2026-12-01T09:00:00Z");

    private final AwaitedReply awaited = new AwaitedReply(null);

    private static Envelope envelope(String type) {
        return new Envelope(UUID.randomUUID(), type, BEGAN, "default", null, null);
    }

    private static ConversationReply reply(int turn, Kind kind) {
        return new ConversationReply(
                envelope("conversation.reply"), "c-1", turn, kind, "chat", "en", "yes", List.of(), null);
    }

    private static ConversationView view(Instant began, Phase state, long messages, int turns) {
        return view(1, began, state, messages, turns);
    }

    private static ConversationView view(long version, Instant began, Phase state, long messages, int turns) {
        return new ConversationView(
                envelope("conversation.view"),
                "c-1",
                version,
                state,
                "cu-1",
                "chat",
                "en",
                null,
                null,
                began,
                null,
                null,
                messages,
                turns,
                0,
                0,
                0,
                0,
                "turn-1",
                null,
                List.of(),
                null,
                null);
    }

    @Test
    void whoSaysNothingWaitsForNothing() {
        assertThat(awaited.isOver()).isTrue();
    }

    @Test
    void theAnswerOfTheLatestTurnIsWaitedFor() {
        awaited.sent();
        assertThat(awaited.isOver()).isFalse();
        awaited.replied(reply(1, Kind.ANSWER));
        assertThat(awaited.isOver()).as("without a view").isFalse();
        awaited.shown(view(BEGAN, Phase.OPEN, 1, 1));

        assertThat(awaited.isOver()).isTrue();
    }

    @Test
    void anAnswerToWhatWasSaidBeforeIsNotTheLast() {
        awaited.sent();
        awaited.sent();
        awaited.replied(reply(1, Kind.ANSWER));
        awaited.shown(view(BEGAN, Phase.OPEN, 1, 1));
        assertThat(awaited.isOver()).as("one message is not counted").isFalse();
        awaited.shown(view(BEGAN, Phase.ANSWERING, 2, 1));
        assertThat(awaited.isOver()).as("a turn is to come").isFalse();
        awaited.shown(view(BEGAN, Phase.OPEN, 2, 2));
        assertThat(awaited.isOver()).as("its answer is to come").isFalse();
        awaited.replied(reply(2, Kind.ANSWER));

        assertThat(awaited.isOver()).isTrue();
    }

    @Test
    void aViewThatComesAfterALaterOneDoesNotCount() {
        awaited.sent();
        awaited.replied(reply(1, Kind.ANSWER));
        awaited.shown(view(3, BEGAN, Phase.OPEN, 1, 1));
        awaited.shown(view(2, BEGAN, Phase.ANSWERING, 1, 1));

        assertThat(awaited.isOver()).isTrue();
    }

    @Test
    void thatAPersonWillAnswerIsAReply() {
        awaited.sent();
        awaited.shown(view(BEGAN, Phase.ESCALATED, 1, 1));
        assertThat(awaited.isOver()).isFalse();
        awaited.replied(reply(0, Kind.HANDOVER));

        assertThat(awaited.isOver()).isTrue();
    }

    @Test
    void ofAPersonsConversationThePersonsWordIsWaitedFor() {
        awaited.sent();
        awaited.replied(reply(1, Kind.ANSWER));
        awaited.sent();
        awaited.shown(view(BEGAN, Phase.ASSIGNED, 2, 1));
        assertThat(awaited.isOver()).isFalse();
        assertThat(awaited.whyNot("c-1"))
                .contains("a person has the conversation", "--as-agent WHO --conversation c-1");
        awaited.personWrote();

        assertThat(awaited.isOver()).isTrue();
    }

    @Test
    void messagesOfBeforeDoNotCountUnlessItBeganAnew() {
        AwaitedReply later = new AwaitedReply(view(BEGAN, Phase.CLOSED, 5, 5));
        later.sent();
        later.replied(reply(6, Kind.ANSWER));
        later.shown(view(BEGAN, Phase.OPEN, 5, 6));
        assertThat(later.isOver()).isFalse();
        later.shown(view(BEGAN, Phase.OPEN, 6, 6));
        assertThat(later.isOver()).isTrue();

        AwaitedReply anew = new AwaitedReply(view(BEGAN, Phase.CLOSED, 5, 5));
        anew.sent();
        anew.replied(reply(1, Kind.ANSWER));
        anew.shown(view(BEGAN.plusSeconds(1), Phase.OPEN, 1, 1));
        assertThat(anew.isOver()).isTrue();
    }

    @Test
    void whatToLookAtIsSaid() {
        awaited.sent();
        assertThat(awaited.whyNot("c-1")).contains("was not taken", "./millrace jobs");
        awaited.shown(view(BEGAN, Phase.ANSWERING, 1, 1));

        assertThat(awaited.whyNot("c-1"))
                .contains("is answering", "./millrace jobs", "./millrace workflow list", "workflow show turn-1");
    }

    @Test
    void aConversationThatBeganAnewIsTheOneThatCounts() {
        Conversations conversations = new Conversations();
        conversations.add(view(BEGAN.plusSeconds(1), Phase.OPEN, 1, 1));
        conversations.add(view(BEGAN, Phase.CLOSED, 5, 5));

        assertThat(conversations.find("c-1"))
                .hasValueSatisfying(view -> assertThat(view.messages()).isEqualTo(1));
        assertThat(conversations.of("cu-1")).hasSize(1);
        assertThat(conversations.of("cu-2")).isEmpty();
    }
}
