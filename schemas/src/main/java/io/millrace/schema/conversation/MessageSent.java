package io.millrace.schema.conversation;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;

/**
 * A person answered.
 */
@Event(
        type = "message.sent",
        description =
                "A person answered the customer. A conversation in which a person writes is that person's, until it is released.",
        id = "Any; one that came already does nothing.",
        maxBytes = ConversationInput.MAX_BYTES)
public record MessageSent(
        Envelope envelope,
        @Field(value = Value.CONVERSATION_ID) String conversationId,
        @Field(title = "By", description = "Who wrote, an id.", min = 1, max = 200, example = "\"agent-12\"") String by,
        @Field(
                        title = "Text",
                        description = "What was said, as plain text.",
                        max = ConversationInput.MAX_TEXT,
                        example = "\"Where is my order?\"")
                String text)
        implements ConversationEvent, ConversationInput {

    private static final EventType<MessageSent> TYPE = EventType.of(MessageSent.class);

    @Override
    public byte[] toJson() {
        return TYPE.write(this);
    }

    /** The same with another text. */
    public MessageSent withText(String other) {
        return new MessageSent(envelope, conversationId, by, other);
    }
}
