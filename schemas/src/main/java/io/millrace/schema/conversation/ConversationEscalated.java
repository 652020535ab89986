package io.millrace.schema.conversation;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.task.Priority;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.time.Instant;
import java.util.List;

/**
 * A person has to answer.
 *
 * @param customerId null when nobody knows who writes
 * @param channel null for none in particular
 * @param summary null for none
 * @param suggestedAnswer null for none
 * @param link null when none is set
 */
@Event(
        type = "conversation.escalated",
        description =
                "A person has to answer the customer. Personal data in it is tokens; whoever may see it reads it where the conversation is.",
        id = "uuid5 of tenant, conversation, what it follows from and its level.")
public record ConversationEscalated(
        Envelope envelope,
        @Field(value = Value.CONVERSATION_ID) String conversationId,
        @Field(value = Value.CUSTOMER_ID, optional = true) String customerId,
        @Field(title = "Level", description = "0 at first; 1 when nobody had answered by `due_at`.", example = "0")
                int level,
        @Field(title = "Reason", description = "Why, a word.", max = 100, example = "\"customer_asked\"") String reason,
        @Field(title = "Priority", description = "P1 is the most urgent.", example = "\"P2\"") Priority priority,
        @Field(title = "Language", description = "Of the customer.", max = 20, example = "\"fr-CA\"") String language,
        @Field(
                        title = "Channel",
                        description = "On which the customer wrote.",
                        max = 50,
                        optional = true,
                        example = "\"chat\"")
                String channel,
        @Field(title = "Due at", description = "By when a person is to have answered, by the hours of business.")
                Instant dueAt,
        @Field(
                        title = "Summary",
                        description = "What it is about.",
                        max = ConversationInput.MAX_REPLY,
                        optional = true,
                        example = "\"The parcel did not arrive.\"")
                String summary,
        @Field(
                        title = "Suggested answer",
                        description = "What a person could say.",
                        max = ConversationInput.MAX_REPLY,
                        optional = true,
                        example = "\"We send it again.\"")
                String suggestedAnswer,
        @Field(
                        title = "Link",
                        description = "Where the conversation is shown.",
                        max = 2_000,
                        optional = true,
                        example = "\"https://desk.example.com/c-1\"")
                String link,
        @Field(title = "Transcript", description = "The last that was said.", max = MAX_TRANSCRIPT, optional = true)
                List<Utterance> transcript) {

    private static final EventType<ConversationEscalated> TYPE = EventType.of(ConversationEscalated.class);

    public byte[] toJson() {
        return TYPE.write(this);
    }

    public static final int MAX_TRANSCRIPT = 20;

    /** @throws RejectedEventException when the record holds none */
    public static ConversationEscalated read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }
}
