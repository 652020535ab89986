package io.millrace.schema.conversation;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import java.util.List;

/**
 * A customer wrote.
 *
 * @param customerId null when nobody knows who writes
 * @param channel null for none in particular
 */
@Event(
        type = "message.received",
        description = "A customer wrote, on any channel. Messages within a quiet time are answered together.",
        id = "Any; one that came already does nothing.",
        maxBytes = ConversationInput.MAX_BYTES)
public record MessageReceived(
        Envelope envelope,
        @Field(value = Value.CONVERSATION_ID) String conversationId,
        @Field(value = Value.CUSTOMER_ID, optional = true) String customerId,
        @Field(
                        title = "Channel",
                        description = "On which the customer wrote, and is answered.",
                        max = 50,
                        optional = true,
                        example = "\"chat\"")
                String channel,
        @Field(
                        title = "Text",
                        description = "What was said, as plain text.",
                        max = ConversationInput.MAX_TEXT,
                        example = "\"Where is my order?\"")
                String text,
        @Field(
                        title = "Attachments",
                        description = "What came with the text. Nobody opens it.",
                        max = MAX_ATTACHMENTS,
                        optional = true)
                List<Attachment> attachments)
        implements ConversationEvent, ConversationInput {

    private static final EventType<MessageReceived> TYPE = EventType.of(MessageReceived.class);

    @Override
    public byte[] toJson() {
        return TYPE.write(this);
    }

    public static final int MAX_ATTACHMENTS = 10;

    /**
     * What came with a message.
     *
     * @param mediaType null when it is not known
     * @param url null when there is none
     */
    public record Attachment(
            @Field(title = "Name", description = "Of the file.", max = 200, example = "\"receipt.pdf\"") String name,
            @Field(
                            title = "Media type",
                            description = "RFC 2046.",
                            max = 100,
                            optional = true,
                            example = "\"application/pdf\"")
                    String mediaType,
            @Field(
                            title = "URL",
                            description = "Where it is.",
                            max = 2_000,
                            optional = true,
                            example = "\"https://files.example.com/1\"")
                    String url) {}

    /** The same with another text. */
    public MessageReceived withText(String other) {
        return new MessageReceived(envelope, conversationId, customerId, channel, other, attachments);
    }
}
