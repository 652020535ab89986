package io.millrace.schema.workflow;

import io.millrace.schema.event.Field;
import java.time.Instant;

/**
 * What a step waits for.
 *
 * @param step JSON pointer
 * @param iteration null outside of loops
 * @param name of the agent, the signal, the other run, or who may approve; null for none
 * @param token null when nothing answers, as of a time
 * @param until null when it waits for ever
 */
public record Waiting(
        @Field(title = "For", description = "What kind of thing.", example = "\"approval\"") Kind kind,
        @Field(title = "Step", description = "JSON pointer of the step.", max = 1_000, example = "\"/do/1/release\"")
                String step,
        @Field(
                        title = "Iteration",
                        description = "In which rounds of the loops around it.",
                        max = 500,
                        optional = true,
                        example = "\"2/0\"")
                String iteration,
        @Field(
                        title = "Name",
                        description = "Of the agent, the signal or the other run; the message of an approval.",
                        max = 2_000,
                        optional = true,
                        example = "\"Release 1.4 to production?\"")
                String name,
        @Field(
                        title = "Token",
                        description = "What the answer names: `call_key` of a call, `request_id` of an approval.",
                        max = WorkflowInput.MAX_TOKEN,
                        optional = true,
                        example = "\"5b1e0c7a-3f1d-5c55-9d2b-0a8d1f6c2e11\"")
                String token,
        @Field(title = "Since", description = "The log time since when.") Instant since,
        @Field(title = "Until", description = "When it is over without an answer.", optional = true) Instant until) {

    /** What is waited for. */
    public enum Kind {
        AGENT,
        APPROVAL,
        TIME,
        SIGNAL,
        RUN,
        /** The next attempt. */
        RETRY
    }
}
