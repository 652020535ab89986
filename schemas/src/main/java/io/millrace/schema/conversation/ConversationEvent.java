package io.millrace.schema.conversation;

import io.millrace.schema.event.EventTypes;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;

/** What channels and desks tell of conversations, on the topic {@code conversation-events}. */
public sealed interface ConversationEvent
        permits MessageReceived,
                MessageSent,
                ConversationAssigned,
                ConversationReleased,
                ConversationClosed,
                ConversationRated,
                CustomerIdentified,
                ConversationErased,
                CustomerErased {

    /** Null for what is about all of a customer. */
    String conversationId();

    Envelope envelope();

    byte[] toJson();

    /** @throws RejectedEventException when the record holds none */
    static ConversationEvent read(SourceRecord source) throws RejectedEventException {
        return Types.ALL.read(source);
    }

    /** Made when it is first needed: the events know the interface. */
    final class Types {
        private static final EventTypes<ConversationEvent> ALL = EventTypes.of(ConversationEvent.class);

        private Types() {}
    }
}
