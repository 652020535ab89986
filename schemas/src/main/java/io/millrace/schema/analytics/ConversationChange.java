package io.millrace.schema.analytics;

import io.millrace.schema.conversation.ConversationView.Phase;
import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.time.Instant;
import java.util.List;

/**
 * What figures need of a view of a conversation; who the customer is is not among it.
 *
 * @param version of views with one {@code startedAt} the highest is the latest
 * @param channel null for none, as all that may be missing
 */
@Event(type = "conversation.view")
public record ConversationChange(
        Envelope envelope,
        @Field(value = Value.CONVERSATION_ID) String conversationId,
        @Field(min = 1) long version,
        @Field Phase state,
        @Field(max = 50, optional = true) String channel,
        @Field(max = 20, optional = true) String language,
        @Field(max = 100, optional = true) String intent,
        @Field Instant startedAt,
        @Field(optional = true) Long firstReplyMs,
        @Field(optional = true) long messages,
        @Field(optional = true) int turns,
        @Field(optional = true) int answers,
        @Field(optional = true) int withheld,
        @Field(optional = true) int failed,
        @Field(optional = true) long costMicros,
        @Field(max = 200, optional = true) String lastRun,
        @Field(max = 20, optional = true) List<String> refused,
        @Field(max = 100, optional = true) String reason,
        @Field(optional = true) Integer rating) {

    private static final EventType<ConversationChange> TYPE = EventType.of(ConversationChange.class);

    /** @throws RejectedEventException when the record holds no view */
    public static ConversationChange read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }
}
