package io.millrace.schema.notification;

import io.millrace.schema.event.EventTypes;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;

/** What became of a notification. */
public sealed interface NotificationOutcome permits NotificationDelivered, NotificationFailed {

    Envelope envelope();

    /** Who was to be told. */
    String userId();

    /** @throws RejectedEventException when the record holds none */
    static NotificationOutcome read(SourceRecord source) throws RejectedEventException {
        return Outcomes.TYPES.read(source);
    }

    /** Made once, with the first that is read. */
    final class Outcomes {
        private static final EventTypes<NotificationOutcome> TYPES = EventTypes.of(NotificationOutcome.class);

        private Outcomes() {}
    }
}
