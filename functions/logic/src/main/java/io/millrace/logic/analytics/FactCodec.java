package io.millrace.logic.analytics;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link Fact}. */
public final class FactCodec extends RecordCodec<Fact> {
    public FactCodec() {
        super(Fact.class);
    }
}
