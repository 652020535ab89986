package io.millrace.local.knowledge;

/** A document can't be published; the message is one line for people, with file and line. */
public final class DocumentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DocumentException(String message) {
        super(message);
    }

    DocumentException(String message, Throwable cause) {
        super(message, cause);
    }
}
