package io.millrace.schema.conversation;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;

/**
 * A person hands back.
 */
@Event(
        type = "conversation.released",
        description = "A person hands the conversation back: what comes next is answered by agents again.",
        id = "Any; one that came already does nothing.")
public record ConversationReleased(Envelope envelope, @Field(value = Value.CONVERSATION_ID) String conversationId)
        implements ConversationEvent, ConversationInput {

    private static final EventType<ConversationReleased> TYPE = EventType.of(ConversationReleased.class);

    @Override
    public byte[] toJson() {
        return TYPE.write(this);
    }
}
