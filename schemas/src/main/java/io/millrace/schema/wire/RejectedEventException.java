package io.millrace.schema.wire;

/**
 * A record that can't be accepted, with the reason its producer is told. Carries no stack trace: bad input is no bug.
 */
public final class RejectedEventException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /** @param message names the field and, where it is known, the place in the value; kept as {@link VisibleText} */
    public RejectedEventException(ErrorCode code, String message) {
        super(VisibleText.of(message), null, false, false);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** The message without the place in the JSON, for people who have not written any. */
    public String messageWithoutPlace() {
        return getMessage().replaceFirst(" \\(line \\d+, column \\d+\\)$", "");
    }
}
