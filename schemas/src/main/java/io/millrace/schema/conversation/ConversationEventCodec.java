package io.millrace.schema.conversation;

import io.millrace.schema.wire.SealedCodec;

/** The binary form of {@link ConversationEvent}. */
public final class ConversationEventCodec extends SealedCodec<ConversationEvent> {
    public ConversationEventCodec() {
        super(
                ConversationEvent.class,
                MessageReceived.class,
                MessageSent.class,
                ConversationAssigned.class,
                ConversationReleased.class,
                ConversationClosed.class,
                ConversationRated.class,
                CustomerIdentified.class,
                ConversationErased.class,
                CustomerErased.class);
    }
}
