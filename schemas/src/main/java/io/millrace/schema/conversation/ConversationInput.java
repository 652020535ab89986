package io.millrace.schema.conversation;

import io.millrace.schema.event.EventTypes;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;

/** What comes to a conversation: everything that it decides by comes on the one topic {@code conversation-inbox}, without
 * personal data. */
public sealed interface ConversationInput
        permits MessageReceived,
                MessageSent,
                ConversationAssigned,
                ConversationReleased,
                ConversationClosed,
                ConversationRated,
                CustomerIdentified,
                ConversationErased,
                TurnEnded {

    /** Of the text of a message, in UTF-16 code units. */
    int MAX_TEXT = 32_000;
    /** Of a reply and a summary. */
    int MAX_REPLY = 8_000;
    /** Of an event with a text. */
    int MAX_BYTES = 256 * 1024;

    /** Unique in its tenant. */
    String conversationId();

    Envelope envelope();

    byte[] toJson();

    /** @throws RejectedEventException when the record holds none */
    static ConversationInput read(SourceRecord source) throws RejectedEventException {
        return Types.ALL.read(source);
    }

    /** Made when it is first needed: the events know the interface. */
    final class Types {
        private static final EventTypes<ConversationInput> ALL = EventTypes.of(ConversationInput.class);

        private Types() {}
    }
}
