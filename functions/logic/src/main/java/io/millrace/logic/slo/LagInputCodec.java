package io.millrace.logic.slo;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link LagInput}. */
public final class LagInputCodec extends RecordCodec<LagInput> {
    public LagInputCodec() {
        super(LagInput.class);
    }
}
