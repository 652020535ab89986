package io.millrace.schema.rollout;

import io.millrace.schema.wire.SealedCodec;

/** The binary form of {@link RolloutInput}. */
public final class RolloutInputCodec extends SealedCodec<RolloutInput> {
    public RolloutInputCodec() {
        super(RolloutInput.class, RolloutDefined.class, RolloutCommand.class, HealthCounted.class, FlagObserved.class);
    }
}
