package io.millrace.logic.analytics;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link FigureState}. */
public final class FigureStateCodec extends RecordCodec<FigureState> {
    public FigureStateCodec() {
        super(FigureState.class);
    }
}
