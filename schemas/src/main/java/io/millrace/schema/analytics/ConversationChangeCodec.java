package io.millrace.schema.analytics;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link ConversationChange}. */
public final class ConversationChangeCodec extends RecordCodec<ConversationChange> {
    public ConversationChangeCodec() {
        super(ConversationChange.class);
    }
}
