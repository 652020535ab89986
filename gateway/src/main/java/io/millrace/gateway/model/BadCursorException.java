package io.millrace.gateway.model;

/** A cursor is none of the list that it was given to. */
public final class BadCursorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadCursorException() {
        super("is none of this list, sorted in this way");
    }
}
