package io.millrace.jobs.notifications;

import io.millrace.logic.notification.NotificationCommand.Tell;
import io.millrace.logic.notification.NotificationState.Sent;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.notification.NotificationDelivered;
import io.millrace.schema.notification.NotificationFailed;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.Uuid5;
import java.time.Instant;

/** The record of what became of notifications. */
final class NotificationOutcomes {

    private NotificationOutcomes() {}

    static boolean isDelivered(Tell tell) {
        return tell.outcome().status() == AgentResult.Status.OK;
    }

    static OutboundRecord of(Tell tell) {
        return OutboundRecord.of(tell.userId(), isDelivered(tell) ? delivered(tell) : failed(tell), null, null);
    }

    private static byte[] delivered(Tell tell) {
        Sent sent = tell.sent();
        return new NotificationDelivered(
                        envelope(tell, NotificationDelivered.TYPE_NAME),
                        tell.userId(),
                        sent.id(),
                        sent.kind(),
                        sent.channel(),
                        sent.events(),
                        sent.count(),
                        Instant.ofEpochMilli(sent.decidedAt()),
                        tell.outcome().attempts())
                .toJson();
    }

    private static byte[] failed(Tell tell) {
        Sent sent = tell.sent();
        return new NotificationFailed(
                        envelope(tell, NotificationFailed.TYPE_NAME),
                        tell.userId(),
                        sent.id(),
                        sent.kind(),
                        sent.channel(),
                        sent.events(),
                        sent.count(),
                        Instant.ofEpochMilli(sent.decidedAt()),
                        tell.outcome().attempts(),
                        tell.outcome().code() == null
                                ? "agent_failed"
                                : tell.outcome().code(),
                        tell.outcome().reason())
                .toJson();
    }

    private static Envelope envelope(Tell tell, String type) {
        return new Envelope(
                Uuid5.of(tell.sent().id(), "outcome"),
                type,
                Instant.ofEpochMilli(tell.outcome().endedAt()),
                tell.tenant(),
                null,
                null);
    }
}
