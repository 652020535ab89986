package io.millrace.logic.analytics;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link Once.Seen}. */
public final class SeenCodec extends RecordCodec<Once.Seen> {
    public SeenCodec() {
        super(Once.Seen.class);
    }
}
