package io.millrace.schema.conversation;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;

/**
 * Somebody closed it.
 *
 * @param reason null for none
 */
@Event(
        type = "conversation.closed",
        description = "The conversation is over. A message that comes afterwards opens it again.",
        id = "Any; one that came already does nothing.")
public record ConversationClosed(
        Envelope envelope,
        @Field(value = Value.CONVERSATION_ID) String conversationId,
        @Field(title = "Reason", description = "Why, a word.", max = 100, optional = true, example = "\"solved\"")
                String reason)
        implements ConversationEvent, ConversationInput {

    private static final EventType<ConversationClosed> TYPE = EventType.of(ConversationClosed.class);

    @Override
    public byte[] toJson() {
        return TYPE.write(this);
    }
}
