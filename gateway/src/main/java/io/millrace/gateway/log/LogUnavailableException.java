package io.millrace.gateway.log;

/** Kafka did not do what was asked of it, within the time that somebody waits for it. */
public final class LogUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
