package io.millrace.logic.rollout;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link DirectoryState}. */
public final class DirectoryStateCodec extends RecordCodec<DirectoryState> {
    public DirectoryStateCodec() {
        super(DirectoryState.class);
    }
}
