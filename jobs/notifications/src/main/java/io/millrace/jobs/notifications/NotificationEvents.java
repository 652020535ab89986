package io.millrace.jobs.notifications;

import io.millrace.logic.notification.Notes;
import io.millrace.logic.notification.NotificationInput;
import io.millrace.logic.notification.NotificationInputs;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.AgentResultReader;
import io.millrace.schema.conversation.ConversationEscalated;
import io.millrace.schema.notification.NotificationPreferences;
import io.millrace.schema.notification.ReminderDue;
import io.millrace.schema.slo.SloAlert;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RecordKey;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.workflow.ApprovalRequested;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the events of each topic mean for people. */
final class NotificationEvents {

    private NotificationEvents() {}

    static NotificationInputs reminder(SourceRecord source) throws RejectedEventException {
        return new NotificationInputs(Notes.of(ReminderDue.read(source)));
    }

    static NotificationInputs approval(SourceRecord source) throws RejectedEventException {
        return new NotificationInputs(Notes.of(ApprovalRequested.read(source)));
    }

    static EventReader<NotificationInputs> escalations(String recipient) {
        return source -> new NotificationInputs(Notes.of(ConversationEscalated.read(source), recipient));
    }

    static EventReader<NotificationInputs> alerts(String recipient) {
        return source -> new NotificationInputs(Notes.of(SloAlert.read(source), recipient));
    }

    /** Preferences, or that they were taken away. */
    static NotificationInputs preferences(SourceRecord source) throws RejectedEventException {
        if (source.value() != null) {
            return new NotificationInputs(List.of(NotificationInput.of(NotificationPreferences.read(source))));
        }
        List<String> key = RecordKey.ids(source.key(), 2);
        if (key == null) {
            throw new RejectedEventException(ErrorCode.INVALID_KEY, "the key of the record must be tenant/user_id");
        }
        return new NotificationInputs(List.of(NotificationInput.withoutPreferences(key.get(0), key.get(1))));
    }

    /** Null for results of other agents. The key is the person's: calls asked for it. */
    static NotificationInputs result(SourceRecord source) throws RejectedEventException {
        AgentResult result = AgentResultReader.read(source);
        return result.agent().startsWith(NotificationCalls.AGENTS)
                        && !key(source).isEmpty()
                ? new NotificationInputs(List.of(NotificationInput.of(key(source), result)))
                : null;
    }

    private static String key(SourceRecord source) {
        return source.key() == null ? "" : new String(source.key(), StandardCharsets.UTF_8);
    }
}
