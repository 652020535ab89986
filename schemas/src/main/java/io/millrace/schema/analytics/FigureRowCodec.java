package io.millrace.schema.analytics;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link FigureRow}. */
public final class FigureRowCodec extends RecordCodec<FigureRow> {
    public FigureRowCodec() {
        super(FigureRow.class);
    }
}
