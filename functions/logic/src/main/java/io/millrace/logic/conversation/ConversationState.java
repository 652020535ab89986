package io.millrace.logic.conversation;

import io.millrace.schema.conversation.ConversationView.Phase;
import io.millrace.schema.conversation.Utterance;
import java.util.List;
import java.util.UUID;

/**
 * A conversation. Times are log times, milliseconds since the epoch; 0 is none.
 *
 * @param customerId null when nobody knows who writes
 * @param channel null for none
 * @param language null before an agent said which
 * @param intent null before an agent said which
 * @param assignedTo null for nobody
 * @param version of the view
 * @param waitingSince of the first message that nobody has answered
 * @param firstReplyMs how long the first answer took; null before it
 * @param pending messages that are not answered, oldest first
 * @param covered how many of them the run that is under way knows
 * @param runId of the run that is under way; null for none
 * @param folding how many of {@code older} that run puts into the summary
 * @param turnUntil when that run counts as failed
 * @param quietUntil when the next turn may begin
 * @param history what was said last, verbatim
 * @param older what is not in the summary yet
 * @param summary of what was said before; null for nothing
 * @param unsettled runs that are not waited for any more and whose cost may come
 * @param confidence of the latest answer; null before it
 * @param reason why a person has it, or why it is closed; null for none
 * @param rating null for none
 * @param dueAt by when a person is to have answered
 * @param escalation the id of what a person was asked by; null for nothing
 * @param seen ids of events that came lately, oldest first
 * @param correlationId of the latest message; null for none
 * @param traceparent of the latest message; null for none
 */
public record ConversationState(
        String tenant,
        String conversationId,
        Phase phase,
        String customerId,
        String channel,
        String language,
        String intent,
        String assignedTo,
        long version,
        long startedAt,
        long waitingSince,
        Long firstReplyMs,
        long messages,
        int turns,
        int answers,
        int withheld,
        int failed,
        int failedInRow,
        long costMicros,
        List<Utterance> pending,
        int covered,
        String runId,
        int folding,
        long turnUntil,
        long quietUntil,
        List<Utterance> history,
        List<Utterance> older,
        String summary,
        List<String> unsettled,
        Double confidence,
        List<String> refused,
        String reason,
        Integer rating,
        long dueAt,
        UUID escalation,
        long remindAt,
        long closeAt,
        long forgetAt,
        List<UUID> seen,
        String correlationId,
        String traceparent) {}
