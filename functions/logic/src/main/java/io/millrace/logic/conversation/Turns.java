package io.millrace.logic.conversation;

import io.millrace.logic.decision.Decision;
import io.millrace.schema.conversation.ConversationView.Phase;
import io.millrace.schema.conversation.MessageReceived;
import io.millrace.schema.conversation.TurnEnded;
import io.millrace.schema.conversation.Utterance.Speaker;
import io.millrace.schema.workflow.RunStatus;
import java.util.List;

/** Turns: when one begins, what its run comes to, and what follows when it comes to nothing. */
final class Turns {
    /** Before a run that failed is followed by another, times how many failed. */
    private static final long RETRY_MILLIS = 2_000;

    private final ConversationSettings settings;
    private final Handover handover;

    Turns(ConversationSettings settings, Handover handover) {
        this.settings = settings;
        this.handover = handover;
    }

    Decision<ConversationState, ConversationEffect, ConversationCommand> received(
            Conversation conversation, MessageReceived message) {
        String text = text(message);
        if (text.isBlank()) {
            return conversation.remembered(ConversationEffect.EMPTY);
        }
        if (conversation.phase == Phase.CLOSED || conversation.phase == Phase.ERASED) {
            conversation.phase = Phase.OPEN;
            conversation.reason = null;
        }
        conversation.messages++;
        conversation.channel = message.channel() == null ? conversation.channel : message.channel();
        conversation.customerId = message.customerId() == null ? conversation.customerId : message.customerId();
        conversation.correlationId = message.envelope().correlationId();
        conversation.traceparent = message.envelope().traceparent();
        conversation.heard();
        conversation.await(text);
        if (!conversation.isAnswered()) {
            conversation.settle(conversation.pending.size());
            return conversation.decided();
        }
        conversation.phase = Phase.ANSWERING;
        long latest = conversation.waitingSince + settings.patience().toMillis();
        if (conversation.runId != null) {
            if (conversation.now >= latest) {
                return conversation.decided();
            }
            conversation.withheld++;
            conversation.cancelTurn("the customer went on");
        }
        conversation.quietUntil = Math.max(
                conversation.now, Math.min(conversation.now + settings.quiet().toMillis(), latest));
        return conversation.decided();
    }

    /** What is attached is named: nobody opens it. */
    private static String text(MessageReceived message) {
        StringBuilder text = new StringBuilder(message.text());
        for (MessageReceived.Attachment attachment : message.attachments()) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append("[")
                    .append(attachment.name())
                    .append(']');
        }
        return text.toString();
    }

    Decision<ConversationState, ConversationEffect, ConversationCommand> ended(
            Conversation conversation, TurnEnded ended) {
        if (!ended.runId().equals(conversation.runId)) {
            if (!conversation.unsettled.contains(ended.runId())) {
                return conversation.remembered(ConversationEffect.STALE);
            }
            conversation.unsettled = conversation.unsettled.stream()
                    .filter(run -> !run.equals(ended.runId()))
                    .toList();
            conversation.costMicros += ended.costMicros();
            return conversation.decided(ConversationEffect.WITHHELD);
        }
        conversation.costMicros += ended.costMicros();
        TurnResult result = ended.state() == RunStatus.COMPLETED ? TurnResult.read(ended.output()) : null;
        if (result == null) {
            conversation.runId = null;
            failed(conversation, ended.state() == RunStatus.COMPLETED ? "invalid_result" : "turn_failed");
            return conversation.decided(ConversationEffect.TURN_FAILED);
        }
        return result(conversation, ended.runId(), result);
    }

    private Decision<ConversationState, ConversationEffect, ConversationCommand> result(
            Conversation conversation, String runId, TurnResult result) {
        conversation.language = Wording.speaks(result.language()) ? result.language() : conversation.language;
        conversation.intent = result.intent() == null ? conversation.intent : result.intent();
        conversation.confidence = result.confidence();
        conversation.refused = result.refused();
        conversation.failedInRow = 0;
        if (result.summary() != null) {
            conversation.summary = result.summary();
            conversation.older =
                    List.copyOf(conversation.older.subList(conversation.folding, conversation.older.size()));
        }
        if (result.escalates()) {
            conversation.reason = result.reason() == null ? "unanswered" : result.reason();
            conversation.runId = null;
            handover.ask(conversation, Handover.askedBy(runId), result);
            return conversation.decided(ConversationEffect.HANDED_OVER);
        }
        conversation.settle(conversation.covered);
        conversation.runId = null;
        conversation.folding = 0;
        conversation.turnUntil = 0;
        conversation.answers++;
        long waited = conversation.now - conversation.waitingSince;
        conversation.answered();
        conversation.carryOut(new ConversationCommand.Tell(Telling.answer(conversation, runId, result), waited));
        conversation.say(Speaker.ASSISTANT, result.text());
        conversation.heard();
        if (conversation.pending.isEmpty()) {
            conversation.phase = Phase.OPEN;
            conversation.remindAt = settings.remindAfter().isZero()
                    ? 0
                    : conversation.now + settings.remindAfter().toMillis();
        } else {
            conversation.quietUntil = conversation.now;
        }
        return conversation.decided(ConversationEffect.ANSWERED);
    }

    /** A run came to nothing: another one is tried, or a person asked. */
    void failed(Conversation conversation, String why) {
        conversation.failed++;
        conversation.failedInRow++;
        conversation.covered = 0;
        conversation.folding = 0;
        conversation.turnUntil = 0;
        if (conversation.failedInRow >= settings.turnAttempts()) {
            conversation.reason = why;
            handover.ask(conversation, Handover.cause(conversation, "failed\n" + conversation.turns), null);
            return;
        }
        conversation.quietUntil = conversation.now + conversation.failedInRow * RETRY_MILLIS;
    }

    /** The customer has been silent for long enough. */
    void start(Conversation conversation) {
        conversation.quietUntil = 0;
        if (conversation.turns >= settings.maxTurns() || conversation.costMicros >= settings.maxCostMicros()) {
            conversation.reason = conversation.turns >= settings.maxTurns() ? "too_many_turns" : "too_costly";
            handover.ask(conversation, Handover.cause(conversation, "bounds\n" + conversation.now), null);
        } else {
            conversation.startTurn();
        }
    }
}
