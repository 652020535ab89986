package io.millrace.logic.digest;

import io.millrace.schema.wire.RecordCodec;

public final class DigestStateCodec extends RecordCodec<DigestState> {

    public DigestStateCodec() {
        super(DigestState.class);
    }
}
