package io.millrace.logic.notification;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link NotificationState}. */
public final class NotificationStateCodec extends RecordCodec<NotificationState> {
    public NotificationStateCodec() {
        super(NotificationState.class);
    }
}
