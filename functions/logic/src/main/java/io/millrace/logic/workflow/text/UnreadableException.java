package io.millrace.logic.workflow.text;

/** A text is neither YAML nor JSON, or has what no workflow may have. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    UnreadableException(int line, int column, String message) {
        super(message);
        this.line = line;
        this.column = column;
    }

    Problem problem() {
        return new Problem(line, column, "", getMessage());
    }
}
