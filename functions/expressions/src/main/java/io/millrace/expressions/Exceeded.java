package io.millrace.expressions;

/** The budget is used up; no program can catch it. */
final class Exceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExpressionException.Kind kind;

    Exceeded(ExpressionException.Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    ExpressionException.Kind kind() {
        return kind;
    }
}
