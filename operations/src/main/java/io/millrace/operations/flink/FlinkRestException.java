package io.millrace.operations.flink;

/** The cluster cannot be reached, or refused a request; the message is one line for people. */
public final class FlinkRestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    FlinkRestException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** The HTTP status; 0 when there was no answer. */
    public int status() {
        return status;
    }
}
