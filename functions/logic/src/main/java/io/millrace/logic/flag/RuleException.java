package io.millrace.logic.flag;

/** Why an expression has no value, or is none. Common, so that it has no stack trace. */
final class RuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RuleException(String message) {
        super(message, null, false, false);
    }
}
