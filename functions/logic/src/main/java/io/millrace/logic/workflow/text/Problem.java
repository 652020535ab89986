package io.millrace.logic.workflow.text;

/**
 * What is wrong with the text of a workflow.
 *
 * @param line from 1
 * @param column from 1
 * @param pointer JSON pointer of what is wrong, cut after 500 characters; empty for the whole
 * @param message for whoever wrote it, cut in the same way
 */
public record Problem(int line, int column, String pointer, String message) {
    /** Names may be as long as the text, and messages repeat them. */
    private static final int MAX_LENGTH = 500;

    public Problem {
        pointer = shorten(pointer);
        message = shorten(message);
    }

    private static String shorten(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }

    /** On one line: {@code line 9, column 7 /do/1/b: …}. */
    @Override
    public String toString() {
        return "line " + line + ", column " + column + (pointer.isEmpty() ? "" : " " + pointer) + ": " + message;
    }
}
