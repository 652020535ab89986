package io.millrace.logic.workflow.bind;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link WaitingStart}. */
public final class WaitingStartCodec extends RecordCodec<WaitingStart> {
    public WaitingStartCodec() {
        super(WaitingStart.class);
    }
}
