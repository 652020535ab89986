package io.millrace.logic.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.logic.decision.Decider;
import io.millrace.logic.decision.Decision;
import io.millrace.schema.conversation.ConversationAssigned;
import io.millrace.schema.conversation.ConversationClosed;
import io.millrace.schema.conversation.ConversationErased;
import io.millrace.schema.conversation.ConversationInput;
import io.millrace.schema.conversation.ConversationRated;
import io.millrace.schema.conversation.ConversationReleased;
import io.millrace.schema.conversation.ConversationReply.Kind;
import io.millrace.schema.conversation.ConversationView.Phase;
import io.millrace.schema.conversation.CustomerIdentified;
import io.millrace.schema.conversation.MessageReceived;
import io.millrace.schema.conversation.MessageSent;
import io.millrace.schema.conversation.TurnEnded;
import io.millrace.schema.conversation.Utterance.Speaker;
import io.millrace.schema.task.Priority;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowRun;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * Decides about conversations. Messages within a quiet time make a turn, which a run of a workflow answers. A customer who
 * goes on while a run is under way has it cancelled, and the next one knows all that was said; one who goes on for longer
 * than {@link ConversationSettings#patience} gets the answer there is, and the rest is the next turn. An answer that comes
 * after a person took over is nobody's.
 */
public final class ConversationDecider implements Decider<ConversationState, ConversationInput, ConversationCommand> {
    /** Ids have no control characters. */
    private static final char SEPARATOR = '\u001f';
    /** Why a turn is cancelled that nothing was heard of. */
    public static final String TOOK_TOO_LONG = "it took too long";
    /** Before a run that failed is followed by another, times how many failed. */
    private static final long RETRY_MILLIS = 2_000;

    private final ConversationSettings settings;

    public ConversationDecider(ConversationSettings settings) {
        this.settings = settings;
    }

    /** By what inputs are keyed: ids of conversations are unique in their tenant alone. */
    public static String key(ConversationInput input) {
        return input.envelope().tenant() + SEPARATOR + input.conversationId();
    }

    /** The conversation that a run answers; null when it answers none. */
    public static String answers(WorkflowRun run) {
        return run.attributes().get(Telling.ATTRIBUTE);
    }

    /** The ids of what a customer may be told because a turn's run ended: its answer, and that a person will answer. */
    public static Set<UUID> repliesOf(String tenant, String conversationId, String runId) {
        return Set.of(
                Telling.answerId(tenant, conversationId, runId),
                Telling.wordId(
                        tenant, conversationId, Kind.HANDOVER, escalation(runId).toString()));
    }

    /** The cause of an escalation that a run asked for. */
    private static UUID escalation(String runId) {
        return UUID.nameUUIDFromBytes(runId.getBytes(UTF_8));
    }

    @Override
    public Decision<ConversationState, ConversationEffect, ConversationCommand> decide(
            String key, ConversationState state, ConversationInput input, long time) {
        if (state == null && !begins(input)) {
            return new Decision<>(null, ConversationEffect.STALE, List.of());
        }
        Conversation conversation = state == null
                ? new Conversation(settings, input.envelope().tenant(), input.conversationId(), time)
                : new Conversation(settings, state, time);
        if (!conversation.isNew(input.envelope().eventId())) {
            return new Decision<>(state, ConversationEffect.REPEATED, List.of());
        }
        if (input instanceof MessageReceived message) {
            return received(conversation, message);
        } else if (input instanceof TurnEnded ended) {
            return ended(conversation, ended);
        } else if (input instanceof MessageSent sent) {
            return sent(conversation, sent);
        } else if (input instanceof ConversationAssigned assigned) {
            return assigned(conversation, assigned.to());
        } else if (input instanceof ConversationReleased) {
            return released(conversation);
        } else if (input instanceof ConversationClosed closed) {
            return closed(conversation, closed.reason());
        } else if (input instanceof ConversationRated rated) {
            conversation.rating = rated.rating();
            return conversation.decided();
        } else if (input instanceof CustomerIdentified identified) {
            conversation.customerId = identified.customerId();
            return conversation.decided();
        }
        return erased(conversation, (ConversationErased) input);
    }

    /** Whether something about a conversation that is not known says that there is one. */
    private static boolean begins(ConversationInput input) {
        return input instanceof MessageReceived
                || input instanceof MessageSent
                || input instanceof ConversationAssigned
                || input instanceof CustomerIdentified;
    }

    private Decision<ConversationState, ConversationEffect, ConversationCommand> received(
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

    private Decision<ConversationState, ConversationEffect, ConversationCommand> ended(
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
            escalated(conversation, escalation(runId), result);
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
    private void failed(Conversation conversation, String why) {
        conversation.failed++;
        conversation.failedInRow++;
        conversation.covered = 0;
        conversation.folding = 0;
        conversation.turnUntil = 0;
        if (conversation.failedInRow >= settings.turnAttempts()) {
            conversation.reason = why;
            escalated(conversation, cause(conversation, "failed\n" + conversation.turns), null);
            return;
        }
        conversation.quietUntil = conversation.now + conversation.failedInRow * RETRY_MILLIS;
    }

    private static UUID cause(Conversation conversation, String what) {
        return UUID.nameUUIDFromBytes((conversation.startedAt + "\n" + what).getBytes(UTF_8));
    }

    /**
     * A person has to answer, and the customer is told so.
     *
     * @param result null when no run said so
     */
    private void escalated(Conversation conversation, UUID cause, TurnResult result) {
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
        String text = result == null || result.text() == null ? handover(conversation) : result.text();
        conversation.carryOut(
                new ConversationCommand.Tell(Telling.word(conversation, Kind.HANDOVER, cause.toString(), text), null));
        conversation.say(Speaker.ASSISTANT, text);
        conversation.heard();
    }

    private String handover(Conversation conversation) {
        Instant open = settings.hours().next(conversation.time());
        boolean now = open.equals(conversation.time());
        return Wording.of(
                now ? Wording.Phrase.HANDOVER : Wording.Phrase.HANDOVER_LATER,
                conversation.language,
                now ? null : open,
                settings.hours().zone());
    }

    private Decision<ConversationState, ConversationEffect, ConversationCommand> sent(
            Conversation conversation, MessageSent sent) {
        takenOver(conversation, sent.by());
        conversation.say(Speaker.PERSON, sent.text());
        conversation.answered();
        conversation.heard();
        return conversation.decided();
    }

    private Decision<ConversationState, ConversationEffect, ConversationCommand> assigned(
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

    private Decision<ConversationState, ConversationEffect, ConversationCommand> released(Conversation conversation) {
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

    private Decision<ConversationState, ConversationEffect, ConversationCommand> closed(
            Conversation conversation, String reason) {
        if (conversation.phase == Phase.CLOSED || conversation.phase == Phase.ERASED) {
            return conversation.remembered(ConversationEffect.STALE);
        }
        close(conversation, reason);
        return conversation.decided();
    }

    private void close(Conversation conversation, String reason) {
        conversation.stopAnswering("the conversation is closed");
        conversation.phase = Phase.CLOSED;
        conversation.reason = reason;
        conversation.assignedTo = null;
        conversation.escalation = null;
        conversation.waitingSince = 0;
        conversation.dueAt = 0;
        conversation.closeAt = 0;
        conversation.forgetAt = conversation.now + settings.forgetAfter().toMillis();
    }

    /** What was said goes; that there was something stays, so that it does not begin anew by what is read again. */
    private Decision<ConversationState, ConversationEffect, ConversationCommand> erased(
            Conversation conversation, ConversationErased erased) {
        close(conversation, "erased");
        conversation.phase = Phase.ERASED;
        conversation.customerId = null;
        conversation.history = List.of();
        conversation.older = List.of();
        conversation.summary = null;
        conversation.correlationId = erased.envelope().correlationId();
        conversation.traceparent = null;
        return conversation.decided();
    }

    @Override
    public Decision<ConversationState, ConversationEffect, ConversationCommand> wake(
            String key, ConversationState state, long time) {
        Conversation conversation = new Conversation(settings, state, time);
        if (is(conversation.turnUntil, time)) {
            conversation.cancelTurn(TOOK_TOO_LONG);
            failed(conversation, "turn_timed_out");
        }
        if (is(conversation.quietUntil, time)) {
            turn(conversation);
        }
        if (is(conversation.dueAt, time)) {
            conversation.dueAt = 0;
            conversation.carryOut(new ConversationCommand.Escalate(
                    Telling.escalation(conversation, 1, Priority.P1, conversation.time(), null)));
        }
        if (is(conversation.remindAt, time)) {
            conversation.remindAt = 0;
            tell(conversation, Kind.REMINDER, Wording.Phrase.REMINDER);
        }
        if (is(conversation.closeAt, time)) {
            boolean told = conversation.isAnswered() && conversation.answers > 0;
            close(conversation, "silence");
            if (told) {
                tell(conversation, Kind.CLOSING, Wording.Phrase.CLOSING);
            }
        }
        return is(conversation.forgetAt, time)
                ? new Decision<>(null, ConversationEffect.APPLIED, List.of())
                : conversation.decided();
    }

    private static boolean is(long at, long time) {
        return at != 0 && at <= time;
    }

    private void tell(Conversation conversation, Kind kind, Wording.Phrase phrase) {
        String text =
                Wording.of(phrase, conversation.language, null, settings.hours().zone());
        conversation.carryOut(new ConversationCommand.Tell(
                Telling.word(conversation, kind, Long.toString(conversation.now), text), null));
        conversation.say(Speaker.ASSISTANT, text);
    }

    private void turn(Conversation conversation) {
        conversation.quietUntil = 0;
        if (conversation.turns >= settings.maxTurns() || conversation.costMicros >= settings.maxCostMicros()) {
            conversation.reason = conversation.turns >= settings.maxTurns() ? "too_many_turns" : "too_costly";
            escalated(conversation, cause(conversation, "bounds\n" + conversation.now), null);
        } else {
            conversation.startTurn();
        }
    }

    @Override
    public long nextWake(ConversationState state) {
        return LongStream.of(
                        state.turnUntil(),
                        state.quietUntil(),
                        state.dueAt(),
                        state.remindAt(),
                        state.closeAt(),
                        state.forgetAt())
                .filter(at -> at != 0)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
