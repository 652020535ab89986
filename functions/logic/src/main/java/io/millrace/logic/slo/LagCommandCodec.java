package io.millrace.logic.slo;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link LagCommand}. */
public final class LagCommandCodec extends RecordCodec<LagCommand> {
    public LagCommandCodec() {
        super(LagCommand.class);
    }
}
