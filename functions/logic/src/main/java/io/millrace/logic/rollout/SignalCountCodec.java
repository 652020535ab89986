package io.millrace.logic.rollout;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link SignalCount}. */
public final class SignalCountCodec extends RecordCodec<SignalCount> {
    public SignalCountCodec() {
        super(SignalCount.class);
    }
}
