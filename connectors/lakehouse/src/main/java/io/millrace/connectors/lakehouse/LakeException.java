package io.millrace.connectors.lakehouse;

/** A table can't be written or read; the message is for who runs the job. */
public final class LakeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LakeException(String message) {
        super(message);
    }

    public LakeException(String message, Throwable cause) {
        super(message, cause);
    }
}
