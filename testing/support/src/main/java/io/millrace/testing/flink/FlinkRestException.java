package io.millrace.testing.flink;

/** The REST API answered with an error, or not at all; the message holds the request and what the server said. */
public final class FlinkRestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    FlinkRestException(String message, int status, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** The HTTP status; 0 when there was no answer. */
    public int status() {
        return status;
    }
}
