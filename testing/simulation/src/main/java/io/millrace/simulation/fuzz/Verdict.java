package io.millrace.simulation.fuzz;

import io.millrace.logic.task.Outcome;
import io.millrace.schema.wire.ErrorCode;
import java.util.regex.Pattern;

/**
 * What became of an input.
 *
 * @param code null when it was accepted
 * @param message of the dead letter; null when it was accepted
 * @param outcome null when the reader refused it
 * @param outputs how many records it caused
 * @param outputBytes of all of them together
 * @param largest bytes of the largest of them, of those that are not dead letters
 */
record Verdict(ErrorCode code, String message, Outcome outcome, int outputs, long outputBytes, int largest) {
    private static final Pattern QUOTED = Pattern.compile("\".*\"|'.*'", Pattern.DOTALL);
    private static final Pattern AFTER_IS = Pattern.compile("(, (is|not|found|but)) .*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final int MOST = 120;

    /** The same for inputs that are refused for the same reason, whatever their values. */
    String shape() {
        if (code == null) {
            return "accepted " + outcome;
        }
        String text = QUOTED.matcher(message).replaceAll("\"\"");
        text = AFTER_IS.matcher(text).replaceAll("$1");
        text = NUMBER.matcher(text).replaceAll("0");
        return code.wireName() + ": " + (text.length() > MOST ? text.substring(0, MOST) : text);
    }
}
