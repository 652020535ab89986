package io.millrace.operators.conversation;

import io.millrace.logic.customer.CustomerDecider;
import io.millrace.logic.customer.CustomerInput;
import io.millrace.logic.customer.CustomerState;
import io.millrace.logic.customer.CustomerStateCodec;
import io.millrace.logic.customer.EraseConversation;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.operators.decision.DecisionOperator;
import io.millrace.operators.decision.Outlet;
import io.millrace.schema.conversation.ConversationErased;
import io.millrace.schema.conversation.ConversationEvent;
import io.millrace.schema.conversation.CustomerErased;
import io.millrace.schema.conversation.CustomerIdentified;
import io.millrace.schema.conversation.MessageReceived;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.OutboundRecord;
import java.time.Duration;
import java.time.Instant;

/** Which conversations a customer has; what erases them goes back to the topic of their events. */
public final class Customers {

    private Customers() {}

    /** What an event says of a customer; null when it says nothing. */
    public static CustomerInput inputOf(ConversationEvent event) {
        if (event instanceof CustomerErased erased) {
            return input(event.envelope(), erased.customerId(), null);
        }
        if (event instanceof CustomerIdentified identified) {
            return input(event.envelope(), identified.customerId(), event.conversationId());
        }
        if (event instanceof MessageReceived message && message.customerId() != null) {
            return input(event.envelope(), message.customerId(), event.conversationId());
        }
        return null;
    }

    private static CustomerInput input(Envelope envelope, String customerId, String conversationId) {
        return new CustomerInput(
                envelope.tenant(), customerId, conversationId, envelope.eventId(), envelope.correlationId());
    }

    /** @param timeToLive of conversations that are not seen any more: as long as vaults remember them */
    public static DecisionOperator<CustomerState, CustomerInput, EraseConversation, OutboundRecord> operator(
            Duration timeToLive) {
        return new DecisionOperator<>(
                "customer",
                CodecTypeInfo.by(CustomerStateCodec.class),
                CustomerDecider.Effect.class,
                () -> new CustomerDecider(timeToLive),
                Customers::send);
    }

    private static void send(EraseConversation command, Outlet<OutboundRecord> outlet) {
        Envelope envelope = new Envelope(
                command.eventId(),
                "conversation.erased",
                Instant.ofEpochMilli(command.at()),
                command.tenant(),
                command.correlationId(),
                null);
        ConversationErased erased = new ConversationErased(
                envelope, command.conversationId(), command.request().toString());
        outlet.send(OutboundRecord.of(command.conversationId(), erased.toJson(), command.correlationId(), null));
    }
}
