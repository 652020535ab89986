package io.millrace.schema.conversation;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link ConversationReply}. */
public final class ConversationReplyCodec extends RecordCodec<ConversationReply> {
    public ConversationReplyCodec() {
        super(ConversationReply.class);
    }
}
