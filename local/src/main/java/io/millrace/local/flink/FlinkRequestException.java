package io.millrace.local.flink;

import java.io.IOException;

/** The cluster cannot be reached, or refused a request; the message is one line for people. */
public final class FlinkRequestException extends IOException {

    private static final long serialVersionUID = 1L;

    /** HTTP status, or 0 when the cluster could not be reached. */
    private final int status;

    FlinkRequestException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    public boolean isUnreachable() {
        return status == 0;
    }

    public boolean isNotFound() {
        return status == 404;
    }
}
