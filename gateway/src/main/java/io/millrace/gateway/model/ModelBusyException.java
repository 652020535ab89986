package io.millrace.gateway.model;

/** The model has no answer now; it may have one later, or to a narrower question. */
public final class ModelBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ModelBusyException(String message) {
        super(message);
    }

    ModelBusyException(String message, Throwable cause) {
        super(message, cause);
    }
}
