package io.millrace.logic.rollout;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link RolloutState}. */
public final class RolloutStateCodec extends RecordCodec<RolloutState> {
    public RolloutStateCodec() {
        super(RolloutState.class);
    }
}
