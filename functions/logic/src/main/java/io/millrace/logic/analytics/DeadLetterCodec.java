package io.millrace.logic.analytics;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link DeadLetter}. */
public final class DeadLetterCodec extends RecordCodec<DeadLetter> {
    public DeadLetterCodec() {
        super(DeadLetter.class);
    }
}
