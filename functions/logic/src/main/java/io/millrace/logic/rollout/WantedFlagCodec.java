package io.millrace.logic.rollout;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link WantedFlag}. */
public final class WantedFlagCodec extends RecordCodec<WantedFlag> {
    public WantedFlagCodec() {
        super(WantedFlag.class);
    }
}
