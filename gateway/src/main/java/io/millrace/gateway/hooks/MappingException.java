package io.millrace.gateway.hooks;

/** No events can be made of what was sent. The message names where in the file, and why. */
public final class MappingException extends Exception {
    private static final long serialVersionUID = 1L;

    MappingException(String place, String message) {
        super(place + ": " + message, null, false, false);
    }
}
