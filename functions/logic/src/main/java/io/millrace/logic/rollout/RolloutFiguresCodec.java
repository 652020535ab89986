package io.millrace.logic.rollout;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link RolloutFigures}. */
public final class RolloutFiguresCodec extends RecordCodec<RolloutFigures> {
    public RolloutFiguresCodec() {
        super(RolloutFigures.class);
    }
}
