package io.millrace.schema.workflow;

import io.millrace.schema.event.Field;

/**
 * What went wrong, as RFC 9457 has it.
 *
 * @param detail may be null, as {@code instance}
 */
public record WorkflowError(
        @Field(
                        title = "Type",
                        description = "A URI; those of the DSL, or one that the workflow raises.",
                        max = 500,
                        example = "\"https://serverlessworkflow.io/spec/1.0.0/errors/timeout\"")
                String type,
        @Field(title = "Status", description = "As of HTTP.", max = 999, example = "408") int status,
        @Field(title = "Title", description = "In a few words.", max = 500, optional = true, example = "\"Timeout\"")
                String title,
        @Field(
                        title = "Detail",
                        description = "In a sentence.",
                        max = 2_000,
                        optional = true,
                        example = "\"no answer within 30 s\"")
                String detail,
        @Field(
                        title = "Instance",
                        description = "JSON pointer of the step.",
                        max = 1_000,
                        optional = true,
                        example = "\"/do/1/scan\"")
                String instance) {}
