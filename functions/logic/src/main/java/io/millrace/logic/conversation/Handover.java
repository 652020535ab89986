package io.millrace.logic.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.logic.decision.Decision;
import io.millrace.schema.conversation.ConversationReply.Kind;
import io.millrace.schema.conversation.ConversationView.Phase;
import io.millrace.schema.conversation.MessageSent;
import io.millrace.schema.conversation.Utterance.Speaker;
import io.millrace.schema.task.Priority;
import java.time.Instant;
import java.util.UUID;

/** A person is asked to answer, takes a conversation over, and gives it back. */
final class Handover {
    private final ConversationSettings settings;

    Handover(ConversationSettings settings) {
        this.settings = settings;
    }

    /** The cause of an escalation that a run asked for. */
    static UUID askedBy(String runId) {
        return UUID.nameUUIDFromBytes(runId.getBytes(UTF_8));
    }

    /** That of one that follows from the conversation itself. */
    static UUID cause(Conversation conversation, String what) {
        return UUID.nameUUIDFromBytes((conversation.startedAt + "\n" + what).getBytes(UTF_8));
    }

    /**
     * A person has to answer, and the customer is told so.
     *
     * @param result null when no run said so
     */
    void ask(Conversation conversation, UUID cause, TurnResult result) {
        long waitingSince = conversation.waitingSince;
        conversation.stopAnswering("a person was asked");
        conversation.waitingSince = waitingSince;
        conversation.phase = Phase.ESCALATED;
        conversation.escalation = cause;
        conversation.turnUntil = 0;
        conversation.folding = 0;
        Instant due = settings.hours().after(conversation.time(), settings.personWithin());
        conversation.dueAt = due.toEpochMilli();
        Priority priority = result == null || result.priority() == null ? Priority.P3 : result.priority();
        conversation.carryOut(
                new ConversationCommand.Escalate(Telling.escalation(conversation, 0, priority, due, result)));
        String text = result == null || result.text() == null ? words(conversation) : result.text();
        conversation.carryOut(
                new ConversationCommand.Tell(Telling.word(conversation, Kind.HANDOVER, cause.toString(), text), null));
        conversation.say(Speaker.ASSISTANT, text);
        conversation.heard();
    }

    private String words(Conversation conversation) {
        Instant open = settings.hours().next(conversation.time());
        boolean now = open.equals(conversation.time());
        return Wording.of(
                now ? Wording.Phrase.HANDOVER : Wording.Phrase.HANDOVER_LATER,
                conversation.language,
                now ? null : open,
                settings.hours().zone());
    }

    Decision<ConversationState, ConversationEffect, ConversationCommand> sent(
            Conversation conversation, MessageSent sent) {
        takenOver(conversation, sent.by());
        conversation.say(Speaker.PERSON, sent.text());
        conversation.answered();
        conversation.heard();
        return conversation.decided();
    }

    Decision<ConversationState, ConversationEffect, ConversationCommand> assigned(
            Conversation conversation, String to) {
        takenOver(conversation, to);
        return conversation.decided();
    }

    private static void takenOver(Conversation conversation, String by) {
        if (conversation.isAnswered()) {
            conversation.stopAnswering("a person took over");
        }
        conversation.phase = Phase.ASSIGNED;
        conversation.assignedTo = by;
    }

    Decision<ConversationState, ConversationEffect, ConversationCommand> released(Conversation conversation) {
        if (conversation.phase != Phase.ASSIGNED && conversation.phase != Phase.ESCALATED) {
            return conversation.remembered(ConversationEffect.STALE);
        }
        conversation.phase = Phase.OPEN;
        conversation.assignedTo = null;
        conversation.reason = null;
        conversation.escalation = null;
        conversation.dueAt = 0;
        conversation.waitingSince = 0;
        conversation.heard();
        return conversation.decided();
    }
}
