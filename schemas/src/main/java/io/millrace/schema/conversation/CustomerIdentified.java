package io.millrace.schema.conversation;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;

/**
 * It became known who writes.
 */
@Event(
        type = "customer.identified",
        description = "It is known now who writes in the conversation.",
        id = "Any; one that came already does nothing.")
public record CustomerIdentified(
        Envelope envelope,
        @Field(value = Value.CONVERSATION_ID) String conversationId,
        @Field(value = Value.CUSTOMER_ID) String customerId)
        implements ConversationEvent, ConversationInput {

    private static final EventType<CustomerIdentified> TYPE = EventType.of(CustomerIdentified.class);

    @Override
    public byte[] toJson() {
        return TYPE.write(this);
    }
}
