package io.millrace.gateway.log;

/** The log is not the one that the model was made from. */
final class OtherLogException extends Exception {
    private static final long serialVersionUID = 1L;

    OtherLogException(String message) {
        super(message);
    }
}
