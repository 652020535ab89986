package io.millrace.logic.workflow.text;

/**
 * What is wrong with the text of a workflow.
 *
 * @param line from 1
 * @param column from 1
 * @param pointer JSON pointer of what is wrong; empty for the whole
 * @param message for whoever wrote it
 */
public record Problem(int line, int column, String pointer, String message) {
    /** On one line: {@code line 9, column 7 /do/1/b: …}. */
    @Override
    public String toString() {
        return "line " + line + ", column " + column + (pointer.isEmpty() ? "" : " " + pointer) + ": " + message;
    }
}
