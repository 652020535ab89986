package io.millrace.logic.analytics;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link Contribution}. */
public final class ContributionCodec extends RecordCodec<Contribution> {
    public ContributionCodec() {
        super(Contribution.class);
    }
}
