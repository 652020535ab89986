package io.millrace.schema.conversation;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;

/**
 * A customer is to be forgotten.
 */
@Event(
        type = "customer.erased",
        description =
                "A customer is to be forgotten, in all conversations; see docs/pii.md. The key of the record is the `customer_id`.",
        id = "Any; one that came already does nothing.")
public record CustomerErased(Envelope envelope, @Field(value = Value.CUSTOMER_ID) String customerId)
        implements ConversationEvent {

    private static final EventType<CustomerErased> TYPE = EventType.of(CustomerErased.class);

    @Override
    public byte[] toJson() {
        return TYPE.write(this);
    }

    /** None: it is about all of a customer. */
    @Override
    public String conversationId() {
        return null;
    }
}
