package io.millrace.schema.analytics;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link ReminderSent}. */
public final class ReminderSentCodec extends RecordCodec<ReminderSent> {
    public ReminderSentCodec() {
        super(ReminderSent.class);
    }
}
