package io.millrace.gateway.hooks;

/** What was sent is not shown to be the sender's. The message tells nothing that helps to forge it. */
public final class UnsignedException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsignedException(String message) {
        super(message, null, false, false);
    }
}
