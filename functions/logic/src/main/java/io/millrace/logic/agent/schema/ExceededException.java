package io.millrace.logic.agent.schema;

import com.networknt.schema.SchemaException;

/**
 * A check by a schema would do too much; the message says of what. Of the library's kind, since others are logged by it
 * together with the pattern.
 */
final class ExceededException extends SchemaException {
    private static final long serialVersionUID = 1L;

    ExceededException(String message) {
        super(message);
    }
}
