package io.millrace.logic.rollout;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link FlagSeen}. */
public final class FlagSeenCodec extends RecordCodec<FlagSeen> {
    public FlagSeenCodec() {
        super(FlagSeen.class);
    }
}
