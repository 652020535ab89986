package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;

/** An expression is not one, or came to no value. The message is for whoever wrote it. */
public final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1L;
    /** What is raised may be as long as the budget allows. */
    private static final int MAX_LENGTH = 500;

    private final Kind kind;
    private final int position;
    private final transient JsonNode value;

    private ExpressionException(Kind kind, int position, String message, JsonNode value) {
        super(message, null, false, false);
        this.kind = kind;
        this.position = position;
        this.value = value;
    }

    ExpressionException(Kind kind, int position, String message) {
        this(kind, position, message, "");
    }

    /** @param hint after the position */
    ExpressionException(Kind kind, int position, String message, String hint) {
        this(kind, position, at(position, message) + hint, (JsonNode) null);
    }

    static ExpressionException raised(Raised error) {
        return new ExpressionException(
                Kind.RAISED, error.position(), at(error.position(), error.getMessage()), error.value());
    }

    private static String at(int position, String message) {
        String said = message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH) + "…";
        return position > 0 ? said + " at " + position : said;
    }

    public Kind kind() {
        return kind;
    }

    /** In the expression, from 1; 0 when it is unknown. */
    public int position() {
        return position;
    }

    /** What the expression raised, for {@link Kind#RAISED}, such as the argument of {@code error}; otherwise null. */
    public JsonNode value() {
        return value;
    }

    /** What was wrong. */
    public enum Kind {
        /** It is not jq. */
        SYNTAX,
        /** It uses a function or variable that there is not, or that is refused here. */
        UNKNOWN_NAME,
        /** It, or what it nests, is too large to be compiled. */
        TOO_LARGE,
        /** It raised an error, by {@code error} or by an operation on values that it can't be done with. */
        RAISED,
        /** It came to more steps than the budget has. */
        STEPS,
        /** It recursed, or nested values, more deeply than may be. */
        DEPTH,
        /** It made more bytes of values than the budget has. */
        BYTES,
        /** It had more outputs than the budget has. */
        OUTPUTS
    }
}
