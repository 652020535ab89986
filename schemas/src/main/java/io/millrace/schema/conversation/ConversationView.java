package io.millrace.schema.conversation;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RecordKey;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.time.Instant;
import java.util.List;

/**
 * How a conversation is.
 *
 * @param customerId null when nobody knows who writes
 * @param channel null for none
 * @param language null before the first answer
 * @param intent null before the first answer
 * @param assignedTo null for nobody
 * @param waitingSince null when nobody waits
 * @param firstReplyMs null before there is one
 * @param lastRun null before the first turn
 * @param confidence null before there is one
 * @param reason null for none
 * @param rating null for none
 */
@Event(
        type = "conversation.view",
        description =
                "How a conversation is. Of those with one key, `tenant/conversation_id`, the one with the highest `version` counts; the topic keeps the latest.",
        id = "uuid5 of tenant, conversation, `view` and version.")
public record ConversationView(
        Envelope envelope,
        @Field(value = Value.CONVERSATION_ID) String conversationId,
        @Field(title = "Version", description = "How many decisions about it told something.", min = 1, example = "7")
                long version,
        @Field(title = "State", description = "Whose turn it is.", example = "\"answering\"") Phase state,
        @Field(value = Value.CUSTOMER_ID, optional = true) String customerId,
        @Field(
                        title = "Channel",
                        description = "On which the customer wrote last.",
                        max = 50,
                        optional = true,
                        example = "\"chat\"")
                String channel,
        @Field(title = "Language", description = "Of the customer.", max = 20, optional = true, example = "\"es\"")
                String language,
        @Field(
                        title = "Intent",
                        description = "What the customer wanted last.",
                        max = 100,
                        optional = true,
                        example = "\"order_status\"")
                String intent,
        @Field(
                        title = "Assigned to",
                        description = "The person who has it.",
                        max = 200,
                        optional = true,
                        example = "\"agent-12\"")
                String assignedTo,
        @Field(title = "Started at", description = "The log time of the first message.") Instant startedAt,
        @Field(
                        title = "Waiting since",
                        description = "The log time of the first message that nobody has answered.",
                        optional = true)
                Instant waitingSince,
        @Field(
                        title = "First reply",
                        description = "How long the first answer took, milliseconds.",
                        optional = true,
                        example = "840")
                Long firstReplyMs,
        @Field(title = "Messages", description = "How many the customer wrote.", optional = true, example = "3")
                long messages,
        @Field(title = "Turns", description = "How many were begun.", optional = true, example = "2") int turns,
        @Field(title = "Answers", description = "How many of agents the customer got.", optional = true, example = "2")
                int answers,
        @Field(
                        title = "Withheld",
                        description =
                                "How many answers nobody got, because the customer went on or a person took over.",
                        optional = true,
                        example = "0")
                int withheld,
        @Field(title = "Failed", description = "How many turns came to nothing.", optional = true, example = "0")
                int failed,
        @Field(
                        title = "Cost",
                        description = "What its agents cost, millionths of the currency.",
                        optional = true,
                        example = "160")
                long costMicros,
        @Field(
                        title = "Last run",
                        description = "The `run_id` of the latest turn.",
                        max = 200,
                        optional = true,
                        example = "\"turn-5b1e0c7a\"")
                String lastRun,
        @Field(title = "Confidence", description = "Of the latest answer.", optional = true, example = "0.83")
                Double confidence,
        @Field(
                        title = "Refused",
                        description = "What the critic found, the classes.",
                        max = 20,
                        optional = true,
                        example = "[\"prompt_injection\"]")
                List<String> refused,
        @Field(
                        title = "Reason",
                        description = "Why a person has it, or why it is closed.",
                        max = 100,
                        optional = true,
                        example = "\"customer_asked\"")
                String reason,
        @Field(title = "Rating", description = "From 1 to 5.", optional = true, example = "4") Integer rating) {

    private static final EventType<ConversationView> TYPE = EventType.of(ConversationView.class);

    public byte[] toJson() {
        return TYPE.write(this);
    }

    /** Whose turn it is. */
    public enum Phase {
        /** The customer's. */
        OPEN,
        /** More of the customer may come, or a run is under way. */
        ANSWERING,
        /** A person's, who was asked to take over. */
        ESCALATED,
        /** A person's, who took over. */
        ASSIGNED,
        CLOSED,
        /** Nothing of what was said is there any more. */
        ERASED
    }

    /** @throws RejectedEventException when the record holds none */
    public static ConversationView read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }

    /** The key of its record. */
    public String key() {
        return RecordKey.of(envelope.tenant(), conversationId);
    }
}
