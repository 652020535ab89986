package io.millrace.logic.conversation;

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
import io.millrace.schema.workflow.WorkflowRun;
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

    private final ConversationSettings settings;
    private final Handover handover;
    private final Turns turns;

    public ConversationDecider(ConversationSettings settings) {
        this.settings = settings;
        this.handover = new Handover(settings);
        this.turns = new Turns(settings, handover);
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
                        tenant,
                        conversationId,
                        Kind.HANDOVER,
                        Handover.askedBy(runId).toString()));
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
            return turns.received(conversation, message);
        } else if (input instanceof TurnEnded ended) {
            return turns.ended(conversation, ended);
        } else if (input instanceof MessageSent sent) {
            return handover.sent(conversation, sent);
        } else if (input instanceof ConversationAssigned assigned) {
            return handover.assigned(conversation, assigned.to());
        } else if (input instanceof ConversationReleased) {
            return handover.released(conversation);
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
            turns.failed(conversation, "turn_timed_out");
        }
        if (is(conversation.quietUntil, time)) {
            turns.start(conversation);
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
