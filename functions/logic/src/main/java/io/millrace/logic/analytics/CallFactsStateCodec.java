package io.millrace.logic.analytics;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link CallFacts.State}. */
public final class CallFactsStateCodec extends RecordCodec<CallFacts.State> {
    public CallFactsStateCodec() {
        super(CallFacts.State.class);
    }
}
