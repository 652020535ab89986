package io.millrace.expressions;

/**
 * A word of a program.
 *
 * @param text of a name without its {@code .}, {@code $} or {@code @}; of a piece of a quoted text with its escapes replaced
 * @param position in the program, from 1
 */
record Token(Kind kind, String text, int position) {
    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    /** For a message. */
    String describe() {
        return switch (kind) {
            case END -> "the end of the expression";
            case QUOTE_OPEN, QUOTE_CLOSE, PIECE -> "a text";
            case INTERPOLATION_OPEN -> "\\(";
            case INTERPOLATION_CLOSE -> ")";
            case FIELD -> "." + text;
            case VARIABLE -> "$" + text;
            case FORMAT -> "@" + text;
            default -> text;
        };
    }

    enum Kind {
        WORD,
        FIELD,
        VARIABLE,
        FORMAT,
        NUMBER,
        SIGN,
        QUOTE_OPEN,
        PIECE,
        INTERPOLATION_OPEN,
        INTERPOLATION_CLOSE,
        QUOTE_CLOSE,
        END
    }
}
