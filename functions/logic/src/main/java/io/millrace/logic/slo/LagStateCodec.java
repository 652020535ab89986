package io.millrace.logic.slo;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link LagState}. */
public final class LagStateCodec extends RecordCodec<LagState> {
    public LagStateCodec() {
        super(LagState.class);
    }
}
