package io.millrace.logic.workflow.bind;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link KnownDefinition}. */
public final class KnownDefinitionCodec extends RecordCodec<KnownDefinition> {
    public KnownDefinitionCodec() {
        super(KnownDefinition.class);
    }
}
