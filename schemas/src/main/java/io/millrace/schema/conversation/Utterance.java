package io.millrace.schema.conversation;

import io.millrace.schema.event.Field;
import java.time.Instant;

/**
 * Something that was said.
 *
 * @param text personal data in it is tokens
 */
public record Utterance(
        @Field(title = "From", description = "Who said it.", example = "\"customer\"") Speaker from,
        @Field(
                        title = "Text",
                        description = "What was said.",
                        max = ConversationInput.MAX_TEXT,
                        example = "\"Where is it?\"")
                String text,
        @Field(title = "At", description = "The log time.") Instant at) {

    /** Who speaks. */
    public enum Speaker {
        CUSTOMER,
        ASSISTANT,
        PERSON
    }
}
