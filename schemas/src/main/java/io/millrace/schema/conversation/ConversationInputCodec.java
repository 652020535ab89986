package io.millrace.schema.conversation;

import io.millrace.schema.wire.SealedCodec;

/** The binary form of {@link ConversationInput}. */
public final class ConversationInputCodec extends SealedCodec<ConversationInput> {
    public ConversationInputCodec() {
        super(
                ConversationInput.class,
                MessageReceived.class,
                MessageSent.class,
                ConversationAssigned.class,
                ConversationReleased.class,
                ConversationClosed.class,
                ConversationRated.class,
                CustomerIdentified.class,
                ConversationErased.class,
                TurnEnded.class);
    }
}
