package io.millrace.local.platform;

/** The platform cannot start or go on; the message says what is wrong and what to do about it. */
public final class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PlatformException(String message) {
        super(message);
    }

    public PlatformException(String message, Throwable cause) {
        super(message, cause);
    }
}
