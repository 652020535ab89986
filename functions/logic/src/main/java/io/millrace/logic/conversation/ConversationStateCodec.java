package io.millrace.logic.conversation;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link ConversationState}. */
public final class ConversationStateCodec extends RecordCodec<ConversationState> {
    public ConversationStateCodec() {
        super(ConversationState.class);
    }
}
