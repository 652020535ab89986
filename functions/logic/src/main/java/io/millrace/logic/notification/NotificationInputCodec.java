package io.millrace.logic.notification;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link NotificationInput}. */
public final class NotificationInputCodec extends RecordCodec<NotificationInput> {
    public NotificationInputCodec() {
        super(NotificationInput.class);
    }
}
