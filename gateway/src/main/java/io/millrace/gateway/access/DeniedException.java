package io.millrace.gateway.access;

/** Who calls is not known. The message is for the caller, and tells nothing that helps to guess. */
public final class DeniedException extends Exception {
    private static final long serialVersionUID = 1L;

    DeniedException(String message) {
        super(message, null, false, false);
    }
}
