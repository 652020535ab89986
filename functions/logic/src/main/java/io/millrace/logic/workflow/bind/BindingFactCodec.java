package io.millrace.logic.workflow.bind;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link BindingFact}. */
public final class BindingFactCodec extends RecordCodec<BindingFact> {
    public BindingFactCodec() {
        super(BindingFact.class);
    }
}
