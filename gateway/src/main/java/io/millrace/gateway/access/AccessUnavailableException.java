package io.millrace.gateway.access;

/** Who calls can't be told now, which says nothing against whoever it is. The message is for the caller. */
public final class AccessUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AccessUnavailableException(String message) {
        super(message, null, false, false);
    }
}
