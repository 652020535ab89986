package io.millrace.schema.conversation;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.util.UUID;

/** A key of a conversation, wrapped. Its record is deleted when the conversation is erased, and the key is gone then. */
@Event(
        type = "conversation.key",
        description =
                "A key that the personal data of a conversation is sealed with, wrapped by a master key. Written and read by the"
                        + " conversations job alone. The key of the record is tenant/conversation_id/key_id; its deletion destroys what was"
                        + " sealed with it.",
        id = "That of the key.",
        maxBytes = 4 * 1024)
public record ConversationKey(
        Envelope envelope,
        @Field(value = Value.CONVERSATION_ID) String conversationId,
        @Field(title = "Key", description = "Its id, random.", example = "\"0b0f1e7c-1c58-4a0e-8f7e-2d6f0f4f8a01\"")
                UUID keyId,
        @Field(
                        title = "Master key",
                        description = "The id of the key that wrapped it.",
                        min = 1,
                        max = 200,
                        example = "\"3f2a9c0d1e4b5a67\"")
                String masterKey,
        @Field(
                        title = "Wrapped key",
                        description = "What only that key unwraps, in base64.",
                        min = 1,
                        max = 1_000,
                        example = "\"q1p3mZ0dUu9Nf8bI7m0vTg==\"")
                String wrapped) {

    private static final EventType<ConversationKey> TYPE = EventType.of(ConversationKey.class);

    public byte[] toJson() {
        return TYPE.write(this);
    }

    /** @throws RejectedEventException when the record holds none */
    public static ConversationKey read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }
}
