package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** An error of the program, which it may catch. */
final class Raised extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient JsonNode value;
    private int position;

    Raised(JsonNode value) {
        super(null, null, false, false);
        this.value = value;
    }

    Raised(String message) {
        this(TextNode.valueOf(message));
    }

    /** Says where, unless that is known more exactly. */
    Raised at(int where) {
        if (position == 0) {
            position = where;
        }
        return this;
    }

    /** In the program's text, from 1; 0 when it is unknown. */
    int position() {
        return position;
    }

    JsonNode value() {
        return value;
    }

    @Override
    public String getMessage() {
        return value.isTextual() ? value.textValue() : JsonText.excerpt(value) + " (not a string)";
    }
}
