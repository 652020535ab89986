package io.millrace.logic.workflow.program;

/** A document that can't be run. */
public final class InvalidDefinitionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String pointer;

    /**
     * @param pointer where in the document, as a JSON pointer
     * @param problem for whoever wrote it
     */
    public InvalidDefinitionException(String pointer, String problem) {
        super(problem);
        this.pointer = pointer;
    }

    public String pointer() {
        return pointer;
    }
}
