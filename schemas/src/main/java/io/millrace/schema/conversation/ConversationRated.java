package io.millrace.schema.conversation;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;

/**
 * The customer judged it.
 *
 * @param comment null for none
 */
@Event(
        type = "conversation.rated",
        description = "How content the customer is.",
        id = "Any; one that came already does nothing.")
public record ConversationRated(
        Envelope envelope,
        @Field(value = Value.CONVERSATION_ID) String conversationId,
        @Field(title = "Rating", description = "From 1, bad, to 5, good.", min = 1, max = 5, example = "4") int rating,
        @Field(title = "Comment", description = "Why.", max = 2_000, optional = true, example = "\"quick\"")
                String comment)
        implements ConversationEvent, ConversationInput {

    private static final EventType<ConversationRated> TYPE = EventType.of(ConversationRated.class);

    @Override
    public byte[] toJson() {
        return TYPE.write(this);
    }

    /** The same with another comment. */
    public ConversationRated withComment(String other) {
        return new ConversationRated(envelope, conversationId, rating, other);
    }
}
