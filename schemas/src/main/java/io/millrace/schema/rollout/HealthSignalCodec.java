package io.millrace.schema.rollout;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link HealthSignal}. */
public final class HealthSignalCodec extends RecordCodec<HealthSignal> {
    public HealthSignalCodec() {
        super(HealthSignal.class);
    }
}
