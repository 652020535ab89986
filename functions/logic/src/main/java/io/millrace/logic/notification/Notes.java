package io.millrace.logic.notification;

import io.millrace.logic.workflow.Texts;
import io.millrace.schema.conversation.ConversationEscalated;
import io.millrace.schema.notification.About;
import io.millrace.schema.notification.ReminderDue;
import io.millrace.schema.slo.SloAlert;
import io.millrace.schema.task.Priority;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.workflow.ApprovalRequested;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What is told of events, and whom. */
public final class Notes {

    private Notes() {}

    /** To whom the task belongs. */
    public static List<NotificationInput> of(ReminderDue reminder) {
        Map<String, String> details = new TreeMap<>();
        put(details, "task_id", reminder.taskId());
        Note note = note(reminder.envelope(), About.REMINDERS, null, reminder.title(), details, reminder.dueAt());
        return List.of(NotificationInput.of(reminder.envelope().tenant(), reminder.userId(), note));
    }

    /** To each who is named for it; where anybody may decide, nobody is. */
    public static List<NotificationInput> of(ApprovalRequested request) {
        Map<String, String> details = new TreeMap<>();
        put(details, "run_id", request.runId());
        put(details, "request_id", request.requestId());
        put(details, "workflow", request.workflow());
        put(details, "level", Integer.toString(request.level()));
        Note note = note(request.envelope(), About.APPROVALS, null, request.message(), details, request.expiresAt());
        return request.approvers().stream()
                .distinct()
                .map(approver -> NotificationInput.of(request.envelope().tenant(), approver, note))
                .toList();
    }

    /** @param recipient who is told of all of them */
    public static List<NotificationInput> of(ConversationEscalated escalation, String recipient) {
        Map<String, String> details = new TreeMap<>();
        put(details, "conversation_id", escalation.conversationId());
        put(details, "reason", escalation.reason());
        put(details, "level", Integer.toString(escalation.level()));
        link(details, "link", escalation.link());
        String title = escalation.summary() == null ? escalation.reason() : escalation.summary();
        Note note = note(
                escalation.envelope(), About.ESCALATIONS, escalation.priority(), title, details, escalation.dueAt());
        return List.of(NotificationInput.of(escalation.envelope().tenant(), recipient, note));
    }

    /** @param recipient who is told of those whose objective has no owner */
    public static List<NotificationInput> of(SloAlert alert, String recipient) {
        Map<String, String> details = new TreeMap<>();
        put(details, "objective", alert.objective());
        put(details, "group", alert.group());
        put(details, "topic", alert.topic());
        put(details, "state", lower(alert.state()));
        put(details, "severity", lower(alert.severity()));
        put(details, "reason", alert.reason());
        link(details, "runbook", alert.runbook());
        String title = alert.objective() + ": " + alert.group() + " in " + alert.topic() + ", " + lower(alert.state());
        Priority priority = alert.severity() == SloAlert.Severity.PAGE ? Priority.P1 : Priority.P3;
        Note note = note(alert.envelope(), About.ALERTS, priority, title, details, null);
        String owner = alert.owner() == null || alert.owner().isEmpty() ? recipient : alert.owner();
        return List.of(NotificationInput.of(alert.envelope().tenant(), owner, note));
    }

    private static Note note(
            Envelope envelope,
            About about,
            Priority priority,
            String title,
            Map<String, String> details,
            Instant dueAt) {
        return new Note(
                envelope.eventId(),
                about,
                priority,
                Texts.cut(title, Note.MAX_TITLE),
                details,
                envelope.occurredAt().toEpochMilli(),
                dueAt == null ? null : dueAt.toEpochMilli());
    }

    private static void put(Map<String, String> details, String name, String value) {
        if (value != null && !value.isEmpty()) {
            details.put(name, Texts.cut(value, Note.MAX_DETAIL));
        }
    }

    private static void link(Map<String, String> details, String name, String value) {
        if (value != null && !value.isEmpty() && value.length() <= Note.MAX_LINK) {
            details.put(name, value);
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
