package io.millrace.logic.analytics;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link CallResult}. */
public final class CallResultCodec extends RecordCodec<CallResult> {
    public CallResultCodec() {
        super(CallResult.class);
    }
}
