package io.millrace.logic.rollout;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link RolloutNews}. */
public final class RolloutNewsCodec extends RecordCodec<RolloutNews> {
    public RolloutNewsCodec() {
        super(RolloutNews.class);
    }
}
