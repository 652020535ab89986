package io.millrace.schema.slo;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link SloDefined}. */
public final class SloDefinedCodec extends RecordCodec<SloDefined> {
    public SloDefinedCodec() {
        super(SloDefined.class);
    }
}
