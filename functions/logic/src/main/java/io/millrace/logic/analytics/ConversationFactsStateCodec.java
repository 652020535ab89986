package io.millrace.logic.analytics;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link ConversationFacts.State}. */
public final class ConversationFactsStateCodec extends RecordCodec<ConversationFacts.State> {
    public ConversationFactsStateCodec() {
        super(ConversationFacts.State.class);
    }
}
