package io.millrace.schema.slo;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link LagSampled}. */
public final class LagSampledCodec extends RecordCodec<LagSampled> {
    public LagSampledCodec() {
        super(LagSampled.class);
    }
}
