package io.millrace.schema.conversation;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;

/**
 * A person took over.
 */
@Event(
        type = "conversation.assigned",
        description = "A person takes over: from now on nothing is answered by agents.",
        id = "Any; one that came already does nothing.")
public record ConversationAssigned(
        Envelope envelope,
        @Field(value = Value.CONVERSATION_ID) String conversationId,
        @Field(title = "To", description = "Who takes over, an id.", min = 1, max = 200, example = "\"agent-12\"")
                String to)
        implements ConversationEvent, ConversationInput {

    private static final EventType<ConversationAssigned> TYPE = EventType.of(ConversationAssigned.class);

    @Override
    public byte[] toJson() {
        return TYPE.write(this);
    }
}
