package io.millrace.logic.recurrence;

/**
 * A recurrence that is refused: it cannot be read, never matches, or is too frequent. The message names the field and
 * says why, for the producer of the event. It carries no stack trace, as bad input is not a bug.
 */
public final class InvalidRecurrenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    InvalidRecurrenceException(String field, String cause) {
        super(field + ": " + cause, null, false, false);
        this.field = field;
    }

    /** The field at fault as it is written in the event, for instance {@code recurrence.rule}; never null. */
    public String field() {
        return field;
    }
}
