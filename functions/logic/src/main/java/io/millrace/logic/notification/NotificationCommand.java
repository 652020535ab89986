package io.millrace.logic.notification;

import io.millrace.logic.notification.NotificationInput.Outcome;
import io.millrace.schema.notification.Channel;
import java.util.List;
import java.util.UUID;

/** What the decider wants done. */
public sealed interface NotificationCommand {

    /**
     * Somebody is to be told.
     *
     * @param id the same whenever it is decided again
     * @param language null for English
     * @param timeZone null for UTC
     * @param notes what of; at least one
     * @param more how many it is besides, of which nothing is known any more
     * @param decidedAt milliseconds since the epoch
     */
    record Send(
            UUID id,
            String tenant,
            String userId,
            Channel channel,
            String language,
            String timeZone,
            List<Note> notes,
            int more,
            long decidedAt)
            implements NotificationCommand {}

    /** What became of it is to be written down. */
    record Tell(String tenant, String userId, NotificationState.Sent sent, Outcome outcome)
            implements NotificationCommand {}
}
