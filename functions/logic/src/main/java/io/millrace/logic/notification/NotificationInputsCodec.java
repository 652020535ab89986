package io.millrace.logic.notification;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link NotificationInputs}. */
public final class NotificationInputsCodec extends RecordCodec<NotificationInputs> {
    public NotificationInputsCodec() {
        super(NotificationInputs.class);
    }
}
