package io.millrace.logic.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.conversation.ConversationReply.Kind;
import io.millrace.schema.conversation.ConversationView.Phase;
import io.millrace.schema.conversation.MessageReceived;
import io.millrace.schema.task.Priority;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.workflow.RunStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of what is said, and when. */
class ConversationDeciderTest {
    private static final double DAY = 86_400;

    private static JsonNode input(Talk talk, int run) throws Exception {
        return new ObjectMapper().readTree(talk.started.get(run).input());
    }

    @Test
    void messagesWithinAQuietTimeAreOneTurnAndGetOneReply() throws Exception {
        Talk talk = new Talk().customer(0, "Hello").customer(1, "Where is it?").at(2.9);
        assertThat(talk.started).isEmpty();

        talk.at(3).replied(3.5, "On its way.");

        assertThat(talk.started).singleElement().satisfies(start -> {
            assertThat(start.workflow()).isEqualTo("customer-turn");
            assertThat(start.attributes()).containsEntry("conversation", "c-1");
        });
        assertThat(input(talk, 0).path("text").asText()).isEqualTo("Hello\nWhere is it?");
        assertThat(talk.replies).singleElement().satisfies(reply -> {
            assertThat(reply.text()).isEqualTo("On its way.");
            assertThat(reply.kind()).isEqualTo(Kind.ANSWER);
            assertThat(reply.language()).isEqualTo("fr-CA");
            assertThat(reply.channel()).isEqualTo("chat");
        });
        assertThat(talk.view.state()).isEqualTo(Phase.OPEN);
        assertThat(talk.view.firstReplyMs()).isEqualTo(3_500);
        assertThat(talk.view.waitingSince()).isNull();
    }

    @Test
    void aMessageWhileATurnIsUnderWayIsAnsweredOnceByATurnThatKnowsBoth() throws Exception {
        Talk talk = new Talk().customer(0, "one").at(2).customer(4, "two").at(6);

        assertThat(talk.cancelled).containsExactly(talk.started.get(0).runId());
        assertThat(input(talk, 1).path("text").asText()).isEqualTo("one\ntwo");

        talk.ended(6.1, 0, RunStatus.COMPLETED, "{\"action\":\"reply\",\"text\":\"old\"}")
                .replied(7, "both");
        assertThat(talk.texts()).containsExactly("both");
        assertThat(talk.view.costMicros()).isEqualTo(200);
        assertThat(talk.view.withheld()).isEqualTo(1);
    }

    @Test
    void aCustomerWhoNeverStopsGetsWhatThereIsAndTheRestIsTheNextTurn() throws Exception {
        Talk talk = new Talk();
        for (int second = 0; second <= 12; second++) {
            talk.customer(second, "m" + second);
        }
        // From the tenth second on nobody waits for silence.
        assertThat(talk.started).hasSize(1);
        assertThat(talk.cancelled).isEmpty();

        talk.replied(12.5, "first").at(12.5);
        assertThat(talk.started).hasSize(2);
        assertThat(input(talk, 1).path("text").asText()).isEqualTo("m10\nm11\nm12");
        assertThat(input(talk, 1).path("history").findValuesAsText("text")).endsWith("m9", "first");
        talk.replied(13, "second");
        assertThat(talk.texts()).containsExactly("first", "second");
        assertThat(talk.replies.stream().map(reply -> reply.envelope().eventId()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aReplyThatComesAfterAPersonTookOverIsWithheld() {
        Talk talk = new Talk().customer(0, "help").at(2).assigned(3).replied(4, "late");

        assertThat(talk.replies).isEmpty();
        assertThat(talk.view.state()).isEqualTo(Phase.ASSIGNED);
        assertThat(talk.view.withheld()).isEqualTo(1);
        assertThat(talk.view.costMicros()).isEqualTo(100);
        talk.customer(5, "still there?").at(100);
        assertThat(talk.started).hasSize(1);

        talk.person(101, "Here I am.").released(102).customer(103, "thanks").at(106);
        assertThat(talk.started).hasSize(2);
        assertThat(talk.view.firstReplyMs()).isEqualTo(101_000);
    }

    @Test
    void whatWasSaidIsRememberedAndOlderThingsGoIntoASummary() throws Exception {
        Talk talk = new Talk();
        for (int turn = 0; turn < 8; turn++) {
            talk.customer(turn * 100, "q" + turn).at(turn * 100 + 2).replied(turn * 100 + 3, "a" + turn);
        }
        assertThat(input(talk, 7).path("history").findValuesAsText("text"))
                .hasSize(12)
                .startsWith("q1")
                .endsWith("a6");
        assertThat(input(talk, 7).path("older").findValuesAsText("text")).containsExactly("q0", "a0");

        talk.customer(900, "q8").at(902);
        assertThat(input(talk, 8).path("older").findValuesAsText("text")).containsExactly("q0", "a0", "q1", "a1");
        talk.answered(903, "{\"action\":\"reply\",\"text\":\"a8\",\"summary\":\"They asked twice.\"}")
                .customer(1_000, "q9")
                .at(1_002);
        assertThat(input(talk, 9).path("summary").asText()).isEqualTo("They asked twice.");
        assertThat(input(talk, 9).path("older").findValuesAsText("text")).containsExactly("q2", "a2");
    }

    @Test
    void aTurnThatFailsIsTriedAgainAndThenAPersonIsAsked() {
        Talk talk = new Talk().customer(0, "hm").at(2).failed(3).at(5).failed(6).at(10);
        assertThat(talk.replies).isEmpty();
        assertThat(talk.started).hasSize(3);

        talk.failed(11).at(60);

        assertThat(talk.started).hasSize(3);
        assertThat(talk.escalations).singleElement().satisfies(escalation -> {
            assertThat(escalation.reason()).isEqualTo("turn_failed");
            assertThat(escalation.level()).isZero();
            assertThat(escalation.link()).isEqualTo("https://desk.example.com/acme/c-1");
            assertThat(escalation.transcript()).extracting("text").containsExactly("hm");
        });
        assertThat(talk.replies).singleElement().satisfies(reply -> {
            assertThat(reply.kind()).isEqualTo(Kind.HANDOVER);
            assertThat(reply.language()).isEqualTo("und");
            assertThat(reply.text()).contains("colleague").contains("équipe").contains("equipo");
        });
    }

    @Test
    void aRunOfWhichNothingIsHeardCountsAsFailed() {
        Talk talk = new Talk().customer(0, "hm").at(2).at(62);
        assertThat(talk.cancelled).hasSize(1);
        talk.at(64);
        assertThat(talk.started).hasSize(2);
        assertThat(talk.view.failed()).isEqualTo(1);
    }

    @Test
    void aResultThatSaysNothingIsAFailure() {
        Talk talk = new Talk().customer(0, "hm").at(2);
        for (String output :
                List.of("{}", "[]", "{\"action\":\"reply\",\"text\":\" \"}", "{\"action\":\"dance\",\"text\":\"x\"}")) {
            Talk each = new Talk().customer(0, "hm").at(2).answered(3, output);
            assertThat(each.view.failed()).as(output).isEqualTo(1);
        }
        talk.ended(3, 0, RunStatus.REFUSED, null);
        assertThat(talk.view.failed()).isEqualTo(1);
    }

    @Test
    void anEscalationTellsTheCustomerInTheirLanguageAndIsUrgentWhenNobodyCame() {
        Talk talk = new Talk()
                .customer(0, "je veux parler à quelqu'un")
                .at(2)
                .answered(
                        3,
                        "{\"action\":\"escalate\",\"reason\":\"customer_asked\",\"language\":\"fr-CA\",\"priority\":\"P2\",\"topic\":\"Wants a person\",\"suggested_answer\":\"Bonjour\"}");

        assertThat(talk.texts()).singleElement().asString().contains("votre question");
        assertThat(talk.escalations.get(0).priority()).isEqualTo(Priority.P2);
        assertThat(talk.escalations.get(0).dueAt()).isEqualTo(Instant.parse("2026-12-01T10:00:03Z"));
        assertThat(talk.escalations.get(0).summary()).isEqualTo("Wants a person");

        talk.at(3_700).at(8_000);
        assertThat(talk.escalations).extracting("level").containsExactly(0, 1);
        assertThat(talk.escalations.get(1).priority()).isEqualTo(Priority.P1);
    }

    @Test
    void outsideTheHoursOfBusinessTheCustomerIsToldWhenSomebodyIsThere() {
        // Eight hours on it is the end of the day.
        double evening = 9 * 3_600;
        Talk talk = new Talk()
                .customer(evening, "a person!")
                .at(evening + 2)
                .answered(evening + 3, "{\"action\":\"escalate\",\"language\":\"en\"}");
        assertThat(talk.texts()).singleElement().asString().contains("Wednesday, December 2, at 9:00");
        assertThat(talk.escalations.get(0).dueAt()).isEqualTo(Instant.parse("2026-12-02T10:00:00Z"));
        assertThat(talk.escalations.get(0).reason()).isEqualTo("unanswered");
    }

    @Test
    void whoAnswersInTimeIsNotCalledAgain() {
        Talk talk = new Talk()
                .customer(0, "a person!")
                .at(2)
                .answered(3, "{\"action\":\"escalate\",\"language\":\"en\"}")
                .person(60, "Hello")
                .at(8_000);
        assertThat(talk.escalations).hasSize(1);
    }

    @Test
    void aSilentCustomerIsRemindedOnceAndTheConversationClosed() {
        Talk talk = new Talk(Talk.settings(Duration.ofDays(1)))
                .customer(0, "hi")
                .at(2)
                .replied(3, "Bonjour")
                .at(3 * DAY);
        assertThat(talk.replies).extracting(ConversationReply::kind).containsExactly(Kind.ANSWER, Kind.REMINDER);
        talk.at(8 * DAY);
        assertThat(talk.replies).extracting(ConversationReply::kind).endsWith(Kind.CLOSING);
        assertThat(talk.view.state()).isEqualTo(Phase.CLOSED);
        assertThat(talk.view.reason()).isEqualTo("silence");
        talk.at(40 * DAY);
        assertThat(talk.state).isNull();
    }

    @Test
    void aMessageToAClosedConversationOpensIt() {
        Talk talk = new Talk().customer(0, "hi").closed(1).at(100);
        assertThat(talk.started).isEmpty();
        talk.customer(200, "one more thing").at(203);
        assertThat(talk.started).hasSize(1);
        assertThat(talk.view.state()).isEqualTo(Phase.ANSWERING);
    }

    @Test
    void turnsAndCostAreBounded() {
        Talk talk = new Talk();
        for (int turn = 0; turn < 25; turn++) {
            talk.customer(turn * 100, "again").at(turn * 100 + 2);
            if (talk.started.size() == turn + 1) {
                talk.replied(turn * 100 + 3, "so");
            }
        }
        assertThat(talk.started).hasSize(20);
        assertThat(talk.escalations).extracting("reason").containsExactly("too_many_turns");
    }

    @Test
    void whatCameBeforeIsNotTakenAgain() {
        Envelope envelope = new Envelope(new UUID(9, 9), "message.received", Instant.EPOCH, "acme", null, null);
        MessageReceived message = new MessageReceived(envelope, "c-1", null, null, "hi", List.of());
        Talk talk = new Talk()
                .input(0, message)
                .input(1, message)
                .at(5)
                .input(6, message)
                .at(100);
        assertThat(talk.effects)
                .containsExactly(ConversationEffect.APPLIED, ConversationEffect.REPEATED, ConversationEffect.REPEATED);
        assertThat(talk.view.messages()).isEqualTo(1);
    }

    @Test
    void whatSaysNothingBeginsNoTurn() {
        Talk talk =
                new Talk().customer(0, "  \n").at(10).released(11).closed(12).closed(13);
        assertThat(talk.started).isEmpty();
        assertThat(talk.effects)
                .containsExactly(
                        ConversationEffect.EMPTY,
                        ConversationEffect.STALE,
                        ConversationEffect.APPLIED,
                        ConversationEffect.STALE);
        assertThat(new Talk().released(0).state).isNull();
    }

    @Test
    void whatBecameOfATurnIsSaid() {
        Talk talk = new Talk().customer(0, "hi").at(2).replied(3, "salut");
        talk.customer(10, "and?").at(12).failed(13).at(20).answered(21, "{\"action\":\"escalate\"}");
        talk.customer(30, "hello?")
                .released(31)
                .customer(32, "so?")
                .at(34)
                .assigned(35)
                .replied(36, "late");

        assertThat(talk.effects)
                .containsSubsequence(
                        ConversationEffect.ANSWERED,
                        ConversationEffect.TURN_FAILED,
                        ConversationEffect.HANDED_OVER,
                        ConversationEffect.WITHHELD);
    }

    @Test
    void whatACriticFoundIsOfItsTurnAlone() {
        Talk talk = new Talk()
                .customer(0, "hi")
                .at(2)
                .answered(
                        3,
                        "{\"action\":\"reply\",\"text\":\"no\",\"confidence\":0.9,\"refused\":[\"prompt_injection\"]}");
        assertThat(talk.view.refused()).containsExactly("prompt_injection");
        assertThat(talk.view.confidence()).isEqualTo(0.9);

        talk.customer(10, "and now?").at(12);

        assertThat(talk.view.refused()).isEmpty();
        assertThat(talk.view.confidence()).isNull();
    }

    @Test
    void howLongTheCustomerWaitedIsSaidWithAnAnswerAlone() {
        Talk talk = new Talk().customer(0, "hi").customer(1, "there").at(3).replied(4, "salut");
        assertThat(talk.waited).containsExactly(4_000L);

        talk.customer(10, "and?").at(12).answered(13, "{\"action\":\"escalate\"}");

        assertThat(talk.replies).hasSize(2);
        assertThat(talk.waited).containsExactly(4_000L);
    }

    @Test
    void anAttachmentIsNamed() throws Exception {
        Envelope envelope = new Envelope(new UUID(9, 9), "message.received", Instant.EPOCH, "acme", null, null);
        Talk talk = new Talk()
                .input(
                        0,
                        new MessageReceived(
                                envelope,
                                "c-1",
                                "cu-1",
                                null,
                                "",
                                List.of(new MessageReceived.Attachment("receipt.pdf", null, null))))
                .at(3);
        assertThat(input(talk, 0).path("text").asText()).isEqualTo("[receipt.pdf]");
    }

    @Test
    void whatIsErasedIsNotRemembered() {
        Talk talk = new Talk().customer(0, "secret word").at(2).erased(3).replied(4, "secret answer");
        assertThat(talk.state.toString()).doesNotContain("secret");
        assertThat(talk.replies).isEmpty();
        assertThat(talk.cancelled).hasSize(1);
        assertThat(talk.view.state()).isEqualTo(Phase.ERASED);
        talk.customer(10, "new").at(12);
        assertThat(talk.started).hasSize(2);
    }

    @Test
    void longTextsAndManyMessagesAreBounded() throws Exception {
        Talk talk = new Talk();
        for (int i = 0; i < 60; i++) {
            talk.customer(i * 0.01, "😀".repeat(16_000));
        }
        talk.at(3);
        String input = talk.started.get(0).input();
        assertThat(input.getBytes(StandardCharsets.UTF_8).length).isLessThan(256 * 1024);
        assertThat(input(talk, 0).path("text").asText().length()).isLessThanOrEqualTo(TurnInput.MAX_TEXT + 1);
        assertThat(input).doesNotContain("\\ud83d…");
    }

    @Test
    void theStateIsReadAsItWasWritten() throws Exception {
        Talk talk = new Talk()
                .customer(0, "one")
                .at(2)
                .customer(4, "two")
                .at(6)
                .replied(7, "b")
                .customer(8, "three");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ConversationStateCodec().write(talk.state, new DataOutputStream(bytes));
        assertThat(new ConversationStateCodec()
                        .read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isEqualTo(talk.state);
    }
}
