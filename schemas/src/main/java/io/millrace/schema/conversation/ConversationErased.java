package io.millrace.schema.conversation;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;

/**
 * What a customer said is to be forgotten.
 *
 * @param request null when it follows from none
 */
@Event(
        type = "conversation.erased",
        description =
                "The conversation is to be forgotten: the key of its personal data is destroyed, what was said is removed. Follows from `customer.erased`; may be sent by itself.",
        id = "uuid5 of tenant, conversation, request and `erased`, when it follows from one.")
public record ConversationErased(
        Envelope envelope,
        @Field(value = Value.CONVERSATION_ID) String conversationId,
        @Field(
                        title = "Request",
                        description = "The `event_id` of the `customer.erased` it follows from.",
                        optional = true,
                        max = 50,
                        example = "\"5b1e0c7a-3f1d-5c55-9d2b-0a8d1f6c2e11\"")
                String request)
        implements ConversationEvent, ConversationInput {

    private static final EventType<ConversationErased> TYPE = EventType.of(ConversationErased.class);

    @Override
    public byte[] toJson() {
        return TYPE.write(this);
    }
}
