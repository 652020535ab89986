package io.millrace.logic.workflow.program;

import io.millrace.logic.agent.schema.SchemaCheck;

/**
 * What becomes of data at the border of a step: input, output or export.
 *
 * @param schema {@link SchemaCheck#ANY} without one
 * @param value null when the data stays as it is
 */
public record DataRule(SchemaCheck schema, Template value) {
    public static final DataRule NONE = new DataRule(SchemaCheck.ANY, null);

    public boolean hasSchema() {
        return schema != SchemaCheck.ANY;
    }
}
