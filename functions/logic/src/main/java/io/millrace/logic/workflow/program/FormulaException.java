package io.millrace.logic.workflow.program;

/** An expression that is none, or has no value; the message is for whoever wrote it. */
public final class FormulaException extends Exception {
    private static final long serialVersionUID = 1L;

    public FormulaException(String message) {
        super(message);
    }

    public FormulaException(String message, Throwable cause) {
        super(message, cause);
    }
}
