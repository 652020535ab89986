package io.millrace.schema.conversation;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.workflow.RunStatus;

/**
 * The run of a turn is over.
 *
 * @param output JSON text; null unless it completed
 * @param error null unless it failed
 */
@Event(
        type = "turn.ended",
        description =
                "The run that was to answer a turn is over. Written by the conversations job to the inbox of the conversation, of what `workflow-runs` says.",
        id = "uuid5 of tenant, run, its number and `turn`.",
        maxBytes = Value.MAX_JSON_BYTES + 128 * 1024)
public record TurnEnded(
        Envelope envelope,
        @Field(value = Value.CONVERSATION_ID) String conversationId,
        @Field(value = Value.RUN_ID) String runId,
        @Field(title = "State", description = "How it ended.", example = "\"completed\"") RunStatus state,
        @Field(value = Value.JSON, optional = true) String output,
        @Field(
                        title = "Error",
                        description = "Why it failed.",
                        max = 1_000,
                        optional = true,
                        example = "\"agent response: budget_exceeded\"")
                String error,
        @Field(
                        title = "Cost",
                        description = "What its agents cost, millionths of the currency.",
                        optional = true,
                        example = "160")
                long costMicros)
        implements ConversationInput {

    private static final EventType<TurnEnded> TYPE = EventType.of(TurnEnded.class);

    @Override
    public byte[] toJson() {
        return TYPE.write(this);
    }
}
