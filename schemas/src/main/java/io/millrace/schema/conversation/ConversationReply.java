package io.millrace.schema.conversation;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.util.List;

/**
 * What the customer is to be told.
 *
 * @param channel null for none in particular
 * @param confidence null when it is not the word of an agent
 */
@Event(
        type = "conversation.reply",
        description =
                "What the customer is to be told, by whoever delivers on the channel. Of several with one `event_id` one is delivered.",
        id = "uuid5 of tenant, conversation, what it answers and its kind.",
        maxBytes = ConversationInput.MAX_BYTES)
public record ConversationReply(
        Envelope envelope,
        @Field(value = Value.CONVERSATION_ID) String conversationId,
        @Field(
                        title = "Turn",
                        description = "Which of the conversation it answers, from 1; 0 when it answers none.",
                        example = "3")
                int turn,
        @Field(title = "Kind", description = "What it is.", example = "\"answer\"") Kind kind,
        @Field(
                        title = "Channel",
                        description = "On which the customer wrote.",
                        max = 50,
                        optional = true,
                        example = "\"chat\"")
                String channel,
        @Field(title = "Language", description = "In which it is.", max = 20, example = "\"fr-CA\"") String language,
        @Field(
                        title = "Text",
                        description = "Plain text.",
                        max = ConversationInput.MAX_REPLY,
                        example = "\"Your order left on Monday.\"")
                String text,
        @Field(title = "Citations", description = "On what it rests.", max = MAX_CITATIONS, optional = true)
                List<Citation> citations,
        @Field(
                        title = "Confidence",
                        description = "From 0 to 1; absent when it is not the word of an agent.",
                        optional = true,
                        example = "0.83")
                Double confidence) {

    private static final EventType<ConversationReply> TYPE = EventType.of(ConversationReply.class);

    public byte[] toJson() {
        return TYPE.write(this);
    }

    public static final int MAX_CITATIONS = 10;

    /** What a reply is. */
    public enum Kind {
        /** Of an agent. */
        ANSWER,
        /** A person will answer. */
        HANDOVER,
        /** The customer is silent. */
        REMINDER,
        /** The conversation was closed for silence. */
        CLOSING
    }

    /**
     * A document that says so.
     *
     * @param url null when there is none
     */
    public record Citation(
            @Field(title = "Document", description = "Its id.", max = 200, example = "\"returns-policy\"")
                    String documentId,
            @Field(title = "Title", description = "For people.", max = 500, example = "\"Returns\"") String title,
            @Field(
                            title = "URL",
                            description = "Where it is.",
                            max = 2_000,
                            optional = true,
                            example = "\"https://shop.example.com/returns\"")
                    String url) {}

    /** @throws RejectedEventException when the record holds none */
    public static ConversationReply read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }

    /** The same with another text. */
    public ConversationReply withText(String other) {
        return new ConversationReply(
                envelope, conversationId, turn, kind, channel, language, other, citations, confidence);
    }
}
