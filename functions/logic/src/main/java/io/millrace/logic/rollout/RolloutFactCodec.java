package io.millrace.logic.rollout;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link RolloutFact}. */
public final class RolloutFactCodec extends RecordCodec<RolloutFact> {
    public RolloutFactCodec() {
        super(RolloutFact.class);
    }
}
