package io.millrace.logic.conversation;

import io.millrace.schema.conversation.ConversationEscalated;
import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.conversation.ConversationReply.Citation;
import io.millrace.schema.conversation.ConversationReply.Kind;
import io.millrace.schema.conversation.ConversationView;
import io.millrace.schema.conversation.Utterance;
import io.millrace.schema.task.Priority;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Uuid5;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowStart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes what a conversation tells, under ids that say what it means. */
final class Telling {
    /** The attribute of a turn's run that says whose it is. */
    static final String ATTRIBUTE = "conversation";

    private static final UUID NAMESPACE = UUID.fromString("0f8e2c51-9d5a-5b7e-8f43-6a1d2c9b7e10");
    private static final int MAX_LINK = 2_000;

    private Telling() {}

    private static UUID id(Conversation of, String what) {
        return id(of.tenant, of.conversationId, what);
    }

    private static UUID id(String tenant, String conversationId, String what) {
        return Uuid5.of(NAMESPACE, tenant + '\n' + conversationId + '\n' + what);
    }

    static UUID answerId(String tenant, String conversationId, String runId) {
        return id(tenant, conversationId, "answer\n" + runId);
    }

    static UUID wordId(String tenant, String conversationId, Kind kind, String cause) {
        return id(tenant, conversationId, kind + "\n" + cause);
    }

    private static Envelope envelope(Conversation of, UUID id, String type) {
        return new Envelope(id, type, of.time(), of.tenant, of.correlationId, of.traceparent);
    }

    /** Of the turn that begins. A conversation that was forgotten begins at another time. */
    static String runId(Conversation of) {
        return "turn-" + id(of, of.startedAt + "\n" + of.turns);
    }

    static WorkflowStart start(Conversation of, String input) {
        return new WorkflowStart(
                envelope(of, id(of, "start\n" + of.runId), "workflow.start"),
                of.runId,
                of.settings.workflow(),
                null,
                input,
                Map.of(ATTRIBUTE, of.conversationId, "turn", Integer.toString(of.turns)),
                null);
    }

    static WorkflowControl cancel(Conversation of, String why) {
        return new WorkflowControl(
                envelope(of, id(of, "cancel\n" + of.runId), "workflow.control"),
                of.runId,
                WorkflowControl.Action.CANCEL,
                "conversations",
                why,
                null);
    }

    /** The answer of a run. */
    static ConversationReply answer(Conversation of, String runId, TurnResult result) {
        return reply(
                of,
                answerId(of.tenant, of.conversationId, runId),
                of.turns,
                Kind.ANSWER,
                result.language() == null ? Wording.language(of.language) : result.language(),
                result.text(),
                result.citations(),
                result.confidence());
    }

    /** What the platform itself says. */
    static ConversationReply word(Conversation of, Kind kind, String cause, String text) {
        return reply(
                of,
                wordId(of.tenant, of.conversationId, kind, cause),
                0,
                kind,
                Wording.language(of.language),
                text,
                List.of(),
                null);
    }

    private static ConversationReply reply(
            Conversation of,
            UUID id,
            int turn,
            Kind kind,
            String language,
            String text,
            List<Citation> citations,
            Double confidence) {
        return new ConversationReply(
                envelope(of, id, "conversation.reply"),
                of.conversationId,
                turn,
                kind,
                of.channel,
                language,
                text,
                citations,
                confidence);
    }

    /** @param result null when nothing is known but the reason */
    static ConversationEscalated escalation(
            Conversation of, int level, Priority priority, Instant dueAt, TurnResult result) {
        List<Utterance> said = of.history;
        return new ConversationEscalated(
                envelope(of, id(of, "escalation\n" + of.escalation + '\n' + level), "conversation.escalated"),
                of.conversationId,
                of.customerId,
                level,
                of.reason,
                priority,
                Wording.language(of.language),
                of.channel,
                dueAt,
                result == null || result.topic() == null ? of.summary : result.topic(),
                result == null ? null : result.suggestedAnswer(),
                link(of),
                said.subList(Math.max(0, said.size() - ConversationEscalated.MAX_TRANSCRIPT), said.size()));
    }

    private static String link(Conversation of) {
        String link = of.settings
                .link()
                .replace("{conversation}", inUrl(of.conversationId))
                .replace("{tenant}", inUrl(of.tenant));
        return link.isEmpty() || link.length() > MAX_LINK ? null : link;
    }

    /** RFC 3986 §2.1. */
    private static String inUrl(String id) {
        StringBuilder text = new StringBuilder();
        for (byte each : id.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = each > 0 && (Character.isLetterOrDigit(each) || "-._~".indexOf(each) >= 0);
            text.append(plain ? String.valueOf((char) each) : String.format("%%%02X", each));
        }
        return text.toString();
    }

    static ConversationView view(Conversation of) {
        return new ConversationView(
                envelope(of, id(of, "view\n" + of.startedAt + '\n' + of.version), "conversation.view"),
                of.conversationId,
                of.version,
                of.phase,
                of.customerId,
                of.channel,
                of.language,
                of.intent,
                of.assignedTo,
                Instant.ofEpochMilli(of.startedAt),
                of.waitingSince == 0 ? null : Instant.ofEpochMilli(of.waitingSince),
                of.firstReplyMs,
                of.messages,
                of.turns,
                of.answers,
                of.withheld,
                of.failed,
                of.costMicros,
                of.turns == 0 ? null : runId(of),
                of.confidence,
                of.refused,
                of.reason,
                of.rating);
    }
}
