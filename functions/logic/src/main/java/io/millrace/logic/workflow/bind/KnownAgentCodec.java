package io.millrace.logic.workflow.bind;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link KnownAgent}. */
public final class KnownAgentCodec extends RecordCodec<KnownAgent> {
    public KnownAgentCodec() {
        super(KnownAgent.class);
    }
}
